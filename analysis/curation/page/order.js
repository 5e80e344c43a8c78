// What is listed and in which order, and what a form says as a file would: no page is needed.

// A name begins with a capital nearly everywhere.
const NAME = 0.9;

// Candidates in the order of a sign; skipped ones come last.
export function ordered(rows, sign, skipped) {
  const by = sign === "all" ? rows : [...rows].sort((one, two) => two[sign] - one[sign]);
  const late = ({ term }) => skipped.has(term);
  return [...by.filter((row) => !late(row)), ...by.filter(late)];
}

export function matching(rows, sought) {
  const wanted = sought.trim().toLowerCase();
  return rows.filter(({ term }) => (term ?? "").toLowerCase().includes(wanted));
}

export const isName = ({ share_capitalised }) => (share_capitalised ?? 0) >= NAME;

// The candidate that somebody is reading stands first in a list that is made again.
export function withFirst(rows, first) {
  return first ? [first, ...rows.filter(({ term }) => term !== first.term)] : rows;
}

// The row below, or the one above where there is none.
export function keyBeside(rows, key) {
  const here = rows.findIndex((row) => row.key === key);
  return (rows[here + 1] ?? rows[here - 1])?.key ?? null;
}

export function listed(text) {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
}

// What a file has under near, of what a form says; null without terms.
export function nearness(terms, tokens, sentence, side) {
  if (terms.length === 0) return null;
  const number = Number.parseInt(tokens, 10);
  const counted = number > 0;
  const bounds = [...(counted ? [number] : []), ...(sentence || !counted ? ["sentence"] : [])];
  return { terms, within: bounds.length > 1 ? bounds : bounds[0], ...(side && { side }) };
}

// Fields that say something, as a file has them.
export function filled(fields) {
  const says = ([, value]) => value && (!Array.isArray(value) || value.length);
  return Object.fromEntries(Object.entries(fields).filter(says));
}
