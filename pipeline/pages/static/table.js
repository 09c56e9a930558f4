// The table of claims, its filters, its keys, and what opens and closes.
const rowsBox = byName("rows");

function cellOf(claim, [key, , read]) {
  const value = read(claim);
  const none = value === undefined || value === null || value === "";
  const attributes = { class: `c-${key}${none ? " none empty" : ""}`, role: "cell" };
  if (key === "drug") {
    return element("td", attributes, element("a", { href: address({ claim: claim.id }) }, element("bdi", {}, value)));
  }
  if (key === "direction") {
    return element("td", { ...attributes, class: attributes.class + " " + value }, `${ARROWS[value]} ${nameOf(value)}`);
  }
  if (none) return element("td", attributes, "–");
  if (key === "decision") return element("td", { ...attributes, class: `${attributes.class} ${value}` }, nameOf(value));
  if (key === "confidence") {
    const meter = element("span", { class: "meter", "aria-hidden": "true" });
    meter.style.setProperty("--share", value);
    return element("td", attributes, roundDown(value), meter);
  }
  return element("td", attributes, element("bdi", {}, value));
}

function renderRows() {
  const from = state.page * PAGE;
  const here = state.shown.slice(from, from + PAGE);
  const heads = COLUMNS.map(([key, name]) => element("th", {
    scope: "col", role: "columnheader", class: "c-" + key,
    "aria-sort": state.sort === key ? (state.descending ? "descending" : "ascending") : "none",
  }, element("button", { type: "button", "data-sort": key }, name)));
  const table = element("table", { class: "claims", role: "table", "aria-rowcount": state.shown.length + 1 },
    element("caption", { class: "hidden-text" }, "Claims; a row's first link opens the claim in its place"),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, heads)),
    element("tbody", { role: "rowgroup" }, here.map((index, at) => {
      const claim = claims[index];
      return element("tr", {
        class: "row", role: "row", "data-claim": claim.id, "aria-rowindex": from + at + 2,
        "aria-current": claim.id === state.claim ? "true" : null,
      }, COLUMNS.map((column) => cellOf(claim, column)));
    })));
  rowsBox.replaceChildren(here.length ? table : element("p", { class: "nothing" }, "No claim fits these filters."));
  const pages = Math.max(1, Math.ceil(state.shown.length / PAGE));
  byName("page-where").textContent = state.shown.length
    ? `${(from + 1).toLocaleString("en")}–${(from + here.length).toLocaleString("en")} of ${state.shown.length.toLocaleString("en")}` : "none";
  for (const id of ["page-first", "page-previous"]) byName(id).disabled = state.page === 0;
  for (const id of ["page-next", "page-last"]) byName(id).disabled = state.page + 1 >= pages;
}

function refresh({ keepPage = false } = {}) {
  state.shown = find();
  if (!keepPage) state.page = 0;
  const total = claims.length.toLocaleString("en");
  const all = state.shown.length === claims.length;
  byName("count").textContent = (all ? `${total} claims` : `${state.shown.length.toLocaleString("en")} of ${total} claims`)
    + ` from ${data.papers.length.toLocaleString("en")} papers`;
  renderRows();
  writeAddress();
}

function goTo(page) {
  state.page = page;
  renderRows();
  rowsBox.scrollTop = 0;
}

function pageOf(id) {
  const at = state.shown.indexOf(byId.get(id));
  return at < 0 ? null : Math.floor(at / PAGE);
}

function openClaim(id, { focus = true } = {}) {
  if (!byId.has(id)) return;
  state.claim = id;
  state.correcting = false;
  const page = pageOf(id);
  if (page !== null && page !== state.page) {
    state.page = page;
    renderRows();
  }
  for (const row of rowsBox.querySelectorAll(".row")) {
    if (row.dataset.claim === id) {
      row.setAttribute("aria-current", "true");
    } else row.removeAttribute("aria-current");
  }
  byName("split").classList.add("open");
  byName("detail").hidden = false;
  renderDetail(claims[byId.get(id)]);
  writeAddress();
  const row = rowsBox.querySelector("[aria-current]");
  if (row) showRow(row);
  coverRest();
  if (focus) byName("detail-title").focus({ preventScroll: true });
}

function showRow(row) {
  const [seen, place] = [rowsBox.getBoundingClientRect(), row.getBoundingClientRect()];
  if (narrow.matches || (place.top > seen.top + 40 && place.bottom < seen.bottom - 60)) return;
  row.scrollIntoView({ block: "center" });
}

// On a narrow screen the claim covers everything else, which nobody should then reach by Tab.
const narrow = matchMedia("(max-width: 820px)");
function coverRest() {
  const covered = narrow.matches && state.claim !== null;
  for (const part of [document.querySelector(".top"), document.querySelector(".skip"), byName("filters"), byName("list")]) part.inert = covered;
}

function closeClaim() {
  const id = state.claim;
  state.claim = null;
  state.correcting = false;
  byName("split").classList.remove("open");
  byName("detail").hidden = true;
  const row = rowsBox.querySelector("[aria-current]");
  if (row) row.removeAttribute("aria-current");
  coverRest();
  writeAddress();
  const back = id && rowsBox.querySelector(`[data-claim="${CSS.escape(id)}"] a`);
  if (back) back.focus();
}

function step(by) {
  const at = state.claim ? state.shown.indexOf(byId.get(state.claim)) : -1;
  const next = at < 0 ? 0 : at + by;
  if (next >= 0 && next < state.shown.length) openClaim(claims[state.shown[next]].id);
}

function sortBy(key) {
  state.descending = state.sort === key && !state.descending;
  state.sort = key;
  refresh();
  const button = rowsBox.querySelector(`[data-sort="${key}"]`);
  if (button) button.focus();
}

function fillFilter(filter) {
  const counts = new Map();
  for (const claim of claims) {
    const value = valueOf(claim, filter);
    counts.set(value, (counts.get(value) || 0) + 1);
  }
  const wanted = state.filters[filter];
  if (wanted && wanted !== "none" && !counts.has(wanted) && filter === "decision") counts.set(wanted, 0);
  const values = [...counts.keys()].sort((one, other) =>
    filter === "paper" ? Number(one) - Number(other) : filter === "confidence" ? Number(other || -1) - Number(one || -1) : counts.get(other) - counts.get(one) || collator.compare(one, other));
  const bands = new Map(CONFIDENCES.map(([least, words]) => [String(least), words]));
  const name = (value) => (filter === "paper" ? paperName(data.papers[Number(value)]) : (filter === "confidence" && bands.get(value)) || nameOf(value));
  byName("f-" + filter).replaceChildren(element("option", { value: "" }, "any"),
    ...values.map((value) => element("option", { value: value || "none" }, `${name(value)} (${counts.get(value).toLocaleString("en")})`)));
}

function fillFilters() {
  for (const filter of FILTERS) if (byName("f-" + filter).tagName === "SELECT") fillFilter(filter);
  for (const filter of TYPED) {
    const counts = new Map();
    for (const claim of claims) if (claim[filter]) counts.set(claim[filter], (counts.get(claim[filter]) || 0) + 1);
    const values = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one) || collator.compare(one, other));
    byName("l-" + filter).replaceChildren(...values.slice(0, 500).map((value) => element("option", { value })));
  }
  byName("sort").replaceChildren(element("option", { value: "" }, "place in the papers"),
    ...COLUMNS.filter(([key]) => rated || key !== "confidence").map(([key, name]) => element("option", { value: key }, name)));
}

function showFilters() {
  for (const filter of FILTERS) {
    const control = byName("f-" + filter);
    const wanted = state.filters[filter] || "";
    if (control.value !== wanted) control.value = wanted;
    control.classList.toggle("set", Boolean(wanted));
  }
  byName("sort").value = state.sort;
  byName("order").textContent = state.descending ? "↓" : "↑";
}

function cellText(value) {
  const text = value === undefined || value === null ? "" : String(value);
  // A spreadsheet would run what begins so.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+\-−]?[\d.,]+( ?%)?$/.test(text) ? "'" + text : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function exportRows() {
  const heads = ["claim_id", ...COLUMNS.map((column) => column[0]), "file", "section", "table", "row", "page", "evidence"];
  const lines = state.shown.map((index) => {
    const claim = claims[index];
    const parts = data.passages[claim.passage].parts;
    const quote = claim.evidence.map(([start, end]) => parts
      .filter((part) => touches(part, [{ start, end }]))
      .map((part) => slicer(part[1])(Math.max(start - part[0], 0), Math.max(end - part[0], 0))).join(" ")).join(" ").replace(/\s+/g, " ");
    return [claim.id, ...COLUMNS.map((column) => column[2](claim)), data.papers[claim.paper].file, claim.section, claim.table, claim.row, claim.page, quote];
  });
  download(heads, lines, "claims");
}

function download(heads, lines, what) {
  const text = [heads, ...lines].map((line) => line.map(cellText).join(",")).join("\r\n") + "\r\n";
  const link = element("a", { href: URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" })), download: `${data.name}-${what}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

let pending = 0;
function onFilter(event) {
  const filter = event.target.id.slice(2);
  if (!FILTERS.includes(filter)) return;
  clearTimeout(pending);
  pending = setTimeout(() => {
    const wanted = event.target.value.trim();
    if (wanted) state.filters[filter] = wanted;
    else delete state.filters[filter];
    event.target.classList.toggle("set", Boolean(wanted));
    refresh();
    if (state.claim) renderDetail(claims[byId.get(state.claim)]);
  }, event.target.tagName === "SELECT" ? 0 : 120);
}

function onKey(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Escape" && event.target.closest("#correction")) return void closeCorrection();
  if (event.key === "Escape" && state.claim && !byName("help").open && !typing) return void closeClaim();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !byName("keys-on").checked || byName("help").open) return;
  const does = {
    j: () => step(1), k: () => step(-1), c: () => state.claim && copyLink(),
    a: () => judge("accepted"), r: () => judge("rejected"), u: () => judge(null), e: () => state.claim && openCorrection(),
    "/": () => byName("f-text").focus(), "?": () => byName("help").showModal(),
  }[event.key];
  if (does) {
    event.preventDefault();
    does();
  }
}

function readPage() {
  readAddress();
  showFilters();
  refresh();
  if (state.claim && byId.has(state.claim)) openClaim(state.claim);
  else if (state.claim) {
    byName("count").textContent += ` · there is no claim ${state.claim} in this run`;
    state.claim = null;
  }
}

byName("filters").addEventListener("input", onFilter);
byName("filters").addEventListener("submit", (event) => event.preventDefault());
byName("filters").addEventListener("reset", () => setTimeout(() => {
  state.filters = {};
  showFilters();
  refresh();
}, 0));
rowsBox.addEventListener("click", (event) => {
  const sort = event.target.closest("[data-sort]");
  if (sort) return void sortBy(sort.dataset.sort);
  const row = event.target.closest("[data-claim]");
  if (!row || event.ctrlKey || event.metaKey || String(getSelection())) return;
  event.preventDefault();
  openClaim(row.dataset.claim);
});
byName("more").addEventListener("click", () => {
  const open = byName("filters").classList.toggle("open");
  byName("more").setAttribute("aria-expanded", String(open));
});
byName("sort").addEventListener("change", (event) => {
  state.sort = event.target.value;
  state.descending = false;
  showFilters();
  refresh();
});
byName("order").addEventListener("click", () => {
  state.descending = !state.descending;
  showFilters();
  refresh();
});
byName("page-first").addEventListener("click", () => goTo(0));
byName("page-previous").addEventListener("click", () => goTo(state.page - 1));
byName("page-next").addEventListener("click", () => goTo(state.page + 1));
byName("page-last").addEventListener("click", () => goTo(Math.ceil(state.shown.length / PAGE) - 1));
byName("export-decisions").addEventListener("click", exportDecisions);
byName("forget").addEventListener("click", forgetJudgements);
byName("judge-who").value = recall("litclaims-who", "");
byName("judge-who").addEventListener("change", (event) => keep("litclaims-who", event.target.value.trim()));
byName("export").addEventListener("click", exportRows);
byName("help-open").addEventListener("click", () => byName("help").showModal());
document.addEventListener("keydown", onKey);
addEventListener("hashchange", readPage);
narrow.addEventListener("change", coverRest);
for (const key of Object.keys(data.fields)) {
  document.body.append(element("span", { id: "hue-" + key, class: "f-" + key, hidden: true }));
}
document.body.classList.toggle("unrated", !rated);
fillFilters();
readPage();
showJudged();
