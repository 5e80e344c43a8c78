/* What scrolls in a box of its own must be in reach of the keyboard too. */
const reach = () => document.querySelectorAll(".jp-OutputArea-output, .report-code pre").forEach(box => {
  const scrolls = box.scrollWidth > box.clientWidth;
  box.classList.toggle("report-scrolls", scrolls);
  if (scrolls) {
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Scrolls sideways");
  }
});
window.addEventListener("resize", reach);
document.addEventListener("toggle", reach, true);
reach();
