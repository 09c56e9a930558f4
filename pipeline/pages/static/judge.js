// What the person at this page decides: kept in this browser, taken away as a sheet that litclaims review import reads.
const KEPT = "litclaims-judgements";
const judgements = new Map(Object.entries(recall(KEPT, {})));
for (const own of judgements.values()) if (typeof own.changes !== "object") own.changes = own.changes ? { other: own.changes } : {};

function recall(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

const judgedHere = () => claims.filter((claim) => judgements.has(claim.id));
const decisionOf = (claim) => (judgements.get(claim.id) || claim.decision || {}).decision;

function judge(decision, { changes = {}, why = "" } = {}) {
  const id = state.claim;
  if (!id) return;
  if (decision) judgements.set(id, { decision, changes, why, when: new Date().toISOString().slice(0, 19) + "Z" });
  else judgements.delete(id);
  const kept = keep(KEPT, Object.fromEntries(judgements));
  const cell = rowsBox.querySelector(`[data-claim="${CSS.escape(id)}"] .c-decision`);
  if (cell) cell.replaceWith(cellOf(claims[byId.get(id)], columnOf.get("decision")));
  showJudged();
  state.correcting = false;
  const at = state.shown.indexOf(byId.get(id));
  if (decision && at >= 0 && at + 1 < state.shown.length) step(1);
  else openClaim(id);
  const name = decision ? nameOf(decision) : "decision taken back";
  byName("said").textContent = kept ? name : `${name}, but this browser keeps nothing: download before you leave`;
}

function showJudged() {
  const count = judgedHere().length;
  byName("judged").hidden = count === 0;
  byName("judged-count").textContent = `${count.toLocaleString("en")} judged here`;
  fillFilter("decision");
  byName("f-decision").value = state.filters.decision || "";
}

function judgeBox(claim) {
  const own = judgements.get(claim.id);
  const button = (decision, words, key) => element("button", {
    type: "button", title: `${words} (${key})`, "aria-pressed": String(Boolean(own && own.decision === decision)),
    class: "judge " + decision, onclick: () => judge(decision, { why: reasonOf() }),
  }, words, " ", element("kbd", { "aria-hidden": "true" }, key));
  return element("div", { class: "choices", role: "group", "aria-label": "Your decision" },
    button("accepted", "Right", "a"), button("rejected", "Wrong", "r"),
    element("button", { type: "button", title: "Correct or explain (e)", "aria-pressed": String(state.correcting), id: "judge-open", onclick: openCorrection }, "Correct … ", element("kbd", { "aria-hidden": "true" }, "e")),
    own ? element("button", { type: "button", title: "Take the decision back (u)", onclick: () => judge(null) }, "Undo ", element("kbd", { "aria-hidden": "true" }, "u")) : null,
    own ? element("span", { class: "said" }, `${nameOf(own.decision)} here`) : null);
}

// What was decided here, in words, until the sheet is imported and the page is written anew.
function judgedBox(claim) {
  const own = judgements.get(claim.id);
  if (!own || !(own.why || Object.keys(own.changes).length)) return null;
  return element("div", { class: "decision" },
    Object.entries(own.changes).map(([name, value]) => element("p", {}, name === "other" ? "" : `${labelOf(name)}: `, element("bdi", {}, value === "null" ? "not stated" : name in data.choices ? nameOf(value) : value))),
    own.why ? element("p", { dir: "auto" }, own.why) : null);
}

const labelOf = (name) => data.fields[name] ?? (name === "source_kind" ? "whose result" : name.replaceAll("_", " "));
const reasonOf = () => (byName("judge-why") ? byName("judge-why").value.trim() : (judgements.get(state.claim) || {}).why || "");

function readBefore(claim, name) {
  if (name === "source_kind") return claim.source ?? "";
  if (name === "setting") return (claim.setting ?? "").replaceAll(" ", "_");
  if (name in data.choices) return claim[name] ?? "";
  const field = claim.fields.find((one) => one[0] === name);
  return field ? field[4] : "";
}

function correctionForm(claim) {
  const own = judgements.get(claim.id) || { changes: {} };
  const controls = new Map();
  const rowOf = (name) => {
    const before = readBefore(claim, name);
    const changed = own.changes[name];
    const now = changed === undefined ? before : changed === "null" ? "" : changed;
    const field = claim.fields.find((one) => one[0] === name);
    const control = name in data.choices
      ? element("select", { id: "new-" + name }, ...(before && !["setting", "source_kind"].includes(name) ? [] : [""]).concat(data.choices[name])
        .map((value) => element("option", { value, selected: value === now }, nameOf(value))))
      : element("input", { id: "new-" + name, value: now, autocomplete: "off", dir: "auto", placeholder: "not stated" });
    controls.set(name, [control, before]);
    return element("tr", {},
      element("th", { scope: "row" }, element("label", { for: "new-" + name },
        name in data.fields ? element("span", { class: "swatch f-" + name, "aria-hidden": "true" }) : null, labelOf(name))),
      element("td", { class: "words" }, control),
      element("td", { class: "value" }, element("bdi", {}, field ? field[5] : "")));
  };
  const chosen = Object.keys(data.choices);
  const names = [...chosen.slice(0, 2), ...data.words, ...chosen.slice(2)];
  const stated = names.filter((name) => name in data.choices || readBefore(claim, name) || own.changes[name]);
  const other = element("input", { id: "judge-changes", autocomplete: "off", value: own.changes.other, placeholder: "dose_low=10; dose_unit=mg/kg" });
  const why = element("input", { id: "judge-why", autocomplete: "off", value: own.why });
  const told = element("span", { class: "said", role: "status" });
  const save = () => {
    const changes = {};
    for (const [name, [control, before]] of controls) {
      const now = control.value.trim();
      if (now !== before) changes[name] = now || "null";
    }
    if (other.value.trim()) changes.other = other.value.trim();
    const decision = Object.keys(changes).length ? "corrected" : own.decision === "corrected" ? null : own.decision;
    if (decision) judge(decision, { changes, why: why.value.trim() });
    else told.textContent = "Nothing is changed: say Right or Wrong, the reason goes with it.";
  };
  const submit = (event) => {
    event.preventDefault();
    save();
  };
  const enter = (event) => {
    if (event.key === "Enter" && event.target.tagName === "SELECT") submit(event);
  };
  return element("form", { id: "correction", class: "correction", onsubmit: submit, onkeydown: enter, "aria-label": "Correct the claim" },
    element("p", { class: "place" }, "Write words as the paper prints them; empty a field that the paper does not state."),
    element("table", { class: "fields" }, element("tbody", {}, stated.map(rowOf))),
    element("details", { open: names.some((name) => !stated.includes(name) && own.changes[name]) }, element("summary", {}, "Fields that were not found"),
      element("table", { class: "fields" }, element("tbody", {}, names.filter((name) => !stated.includes(name)).map(rowOf)))),
    element("label", {}, "Single values, as field=value; … ", other), element("label", {}, "Why ", why),
    element("div", { class: "choices" }, element("button", { class: "judge" }, "Keep the correction"),
      element("button", { type: "button", onclick: () => judge("rejected", { why: why.value.trim() }) }, "Wrong, for this reason"),
      element("button", { type: "button", onclick: closeCorrection }, "Leave as it is"), told));
}

function openCorrection() {
  state.correcting = true;
  renderDetail(claims[byId.get(state.claim)]);
  const form = byName("correction");
  form.querySelector("select, input").focus({ preventScroll: true });
  form.scrollIntoView({ block: "nearest" });
}

function closeCorrection() {
  state.correcting = false;
  renderDetail(claims[byId.get(state.claim)]);
  byName("detail-title").focus({ preventScroll: true });
}

function exportDecisions() {
  const who = byName("judge-who").value.trim();
  const names = [...Object.keys(data.choices), ...data.words, "other"];
  const lines = judgedHere().map((claim) => {
    const { decision, changes, why, when } = judgements.get(claim.id);
    return [`claim-${claim.id}`, decision, ...names.map((name) => changes[name]), why, who, when, claim.drug, claim.direction, claim.outcome, data.papers[claim.paper].file];
  });
  download(["claim", "decision", ...names.map((name) => "new_" + name), "why", "who", "when", "intervention", "direction", "outcome", "document"], lines, "decisions");
}

function forgetJudgements() {
  if (!confirm("Forget all decisions made on this page? Download them first if they are not imported yet.")) return;
  for (const claim of judgedHere()) judgements.delete(claim.id);
  keep(KEPT, Object.fromEntries(judgements));
  showJudged();
  refresh({ keepPage: true });
  if (state.claim) renderDetail(claims[byId.get(state.claim)]);
}
