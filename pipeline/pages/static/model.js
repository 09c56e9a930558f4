"use strict";
// What the page knows: the claims, what is asked for, and the address that says it.
const data = JSON.parse(document.getElementById("data").textContent);
const claims = data.claims;
const byId = new Map(claims.map((claim, index) => [claim.id, index]));
const PAGE = 100;
const ARROWS = { increase: "↑", decrease: "↓", no_change: "→", mixed: "↕", unknown: "?" };
const NAMES = {
  no_change: "no change", own: "own result", cited: "cited from others", asserted: "asserted", "": "not stated",
  in_vivo: "in vivo", in_vitro: "in vitro", ex_vivo: "ex vivo", prose: "running text", table: "table row", undecided: "not decided",
};
const FILTERS = ["text", "drug", "species", "outcome", "dose", "direction", "certainty", "confidence", "kind", "source", "decision", "paper"];
const TYPED = new Set(["drug", "species", "outcome", "dose"]);
const CONFIDENCES = [[0.9, "0.90 and more"], [0.7, "0.70 to 0.90"], [0.5, "0.50 to 0.70"], [0, "less than 0.50"]];
const rated = claims.some((claim) => claim.confidence !== undefined);
const state = { filters: {}, sort: "", descending: false, page: 0, claim: null, correcting: false, shown: [] };

const byName = (id) => document.getElementById(id);
const nameOf = (value) => NAMES[value] ?? value;
// Most text is plain; normalising it would take most of the time of a search.
const fold = (text) => (/^[\x00-\x7f]*$/.test(text) ? String(text) : String(text).normalize("NFKC")).toLowerCase();

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined && child !== "") made.append(child);
  return made;
}

// What is nearly sure is not shown as sure.
const roundDown = (share) => (Math.floor(share * 100 + 1e-9) / 100).toFixed(2);

function paperName(paper) {
  const who = [paper.authors, paper.year].filter(Boolean).join(" ");
  return who || paper.title || paper.file;
}

const COLUMNS = [
  ["drug", "Drug", (claim) => claim.drug],
  ["species", "Species", (claim) => claim.species],
  ["strain", "Strain", (claim) => claim.strain],
  ["sex", "Sex", (claim) => claim.sex],
  ["outcome", "Outcome", (claim) => claim.outcome],
  ["direction", "Direction", (claim) => claim.direction],
  ["change", "Change", (claim) => claim.change],
  ["dose", "Dose", (claim) => claim.dose],
  ["certainty", "Certainty", (claim) => claim.certainty],
  ["confidence", "Confidence", (claim) => claim.confidence],
  ["decision", "Decision", (claim) => decisionOf(claim)],
  ["paper", "Paper", (claim) => paperName(data.papers[claim.paper])],
];
const columnOf = new Map(COLUMNS.map((column) => [column[0], column]));

function valueOf(claim, filter) {
  if (filter === "paper") return String(claim.paper);
  if (filter === "decision") return decisionOf(claim) || "undecided";
  if (filter === "confidence") return claim.confidence === undefined ? "" : String(CONFIDENCES.find(([least]) => claim.confidence >= least)[0]);
  return claim[filter] ?? "";
}

let searched = null;
function searchTexts() {
  if (searched === null) {
    const passages = data.passages.map((passage) => passage.parts.map((part) => part[1]).join(" ").replace(/[^\S ]\s*| \s+/g, " "));
    const folded = passages.map(fold);
    searched = claims.map((claim) => [
      fold([
        claim.id, claim.drug, claim.outcome, claim.species, claim.strain, claim.sex, claim.change, claim.dose,
        claim.section, paperName(data.papers[claim.paper]), ...claim.fields.map((field) => field[4] + " " + field[5]),
      ].filter(Boolean).join(" ")),
      folded[claim.passage],
    ]);
  }
  return searched;
}

function find() {
  const tests = [];
  for (const [filter, wanted] of Object.entries(state.filters)) {
    if (filter === "text") {
      const words = fold(wanted).split(/\s+/).filter(Boolean);
      const texts = searchTexts();
      tests.push((claim, index) => words.every((word) => texts[index][0].includes(word) || texts[index][1].includes(word)));
    } else if (TYPED.has(filter)) {
      const folded = fold(wanted);
      const exact = claims.some((claim) => fold(claim[filter] ?? "") === folded);
      tests.push((claim) => {
        const value = fold(claim[filter] ?? "");
        return exact ? value === folded : value.includes(folded);
      });
    } else {
      const value = wanted === "none" ? "" : wanted;
      tests.push((claim) => valueOf(claim, filter) === value);
    }
  }
  const found = [];
  claims.forEach((claim, index) => {
    if (tests.every((test) => test(claim, index))) found.push(index);
  });
  return sorted(found);
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
function sorted(indices) {
  if (!state.sort) return indices;
  const read = columnOf.get(state.sort)[2];
  const size = state.sort === "change" ? (claim) => claim.size ?? null : null;
  const keys = new Map(indices.map((index) => [index, [read(claims[index]) ?? "", size && size(claims[index])]]));
  const way = state.descending ? -1 : 1;
  return indices.sort((one, other) => {
    const [first, firstSize] = keys.get(one);
    const [second, secondSize] = keys.get(other);
    // What is not stated comes last either way.
    if ((first === "") !== (second === "")) return first === "" ? 1 : -1;
    if (size && (firstSize === null) !== (secondSize === null)) return firstSize === null ? 1 : -1;
    const order = size && firstSize !== null ? firstSize - secondSize
      : typeof first === "number" ? first - second : collator.compare(first, second);
    return order * way || one - other;
  });
}

function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  state.filters = {};
  for (const filter of FILTERS) if (asked.get(filter)) state.filters[filter] = asked.get(filter);
  const sort = asked.get("sort") || "";
  state.sort = columnOf.has(sort) ? sort : "";
  state.descending = asked.get("order") === "down";
  state.claim = asked.get("claim");
}

function address(changes) {
  const asked = new URLSearchParams();
  for (const filter of FILTERS) if (state.filters[filter]) asked.set(filter, state.filters[filter]);
  if (state.sort) asked.set("sort", state.sort);
  if (state.sort && state.descending) asked.set("order", "down");
  const claim = changes && "claim" in changes ? changes.claim : state.claim;
  if (claim) asked.set("claim", claim);
  return "#" + asked.toString();
}

function writeAddress() {
  const wanted = address();
  if (location.hash !== wanted && (location.hash || wanted !== "#")) history.replaceState(null, "", wanted);
}
