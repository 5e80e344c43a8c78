/* What is shown may look for JupyterLab's own mark of a dark theme. */
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const mark = () => { document.body.dataset.jpThemeLight = String(!dark.matches); };
dark.addEventListener("change", mark);
mark();
