// What the person at this page decides: kept in this browser, taken away as a sheet that litclaims review import reads.
const KEPT = "litclaims-judgements";
const judgements = new Map(Object.entries(recall(KEPT, {})));

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

function judge(decision, { changes = "", why = "", goOn = true } = {}) {
  const id = state.claim;
  if (!id) return;
  if (decision) judgements.set(id, { decision, changes, why, when: new Date().toISOString().slice(0, 19) + "Z" });
  else judgements.delete(id);
  const kept = keep(KEPT, Object.fromEntries(judgements));
  const cell = rowsBox.querySelector(`[data-claim="${CSS.escape(id)}"] .c-decision`);
  if (cell) cell.replaceWith(cellOf(claims[byId.get(id)], columnOf.get("decision")));
  showJudged();
  const at = state.shown.indexOf(byId.get(id));
  if (decision && goOn && at >= 0 && at + 1 < state.shown.length) step(1);
  else renderDetail(claims[byId.get(id)]);
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
  const changes = element("input", { id: "judge-changes", autocomplete: "off", value: own && own.changes, placeholder: "direction=decrease; dose_low=10" });
  const why = element("input", { id: "judge-why", autocomplete: "off", value: own && own.why });
  const save = (event) => {
    event.preventDefault();
    const decision = changes.value.trim() ? "corrected" : (own && own.decision) || "accepted";
    judge(decision, { changes: changes.value.trim(), why: why.value.trim() });
  };
  const button = (decision, words, key) => element("button", {
    type: "button", title: `${words} (${key})`, "aria-pressed": String(Boolean(own && own.decision === decision)),
    class: "judge " + decision, onclick: () => judge(decision, { why: why.value.trim() }),
  }, words, " ", element("kbd", { "aria-hidden": "true" }, key));
  return element("div", { class: "judging", role: "group", "aria-label": "Your decision" },
    element("div", { class: "choices" },
      button("accepted", "Right", "a"), button("rejected", "Wrong", "r"),
      element("button", { type: "button", title: "Correct or explain (e)", "aria-expanded": "false", "aria-controls": "judge-more", id: "judge-open", onclick: openCorrection }, "Correct … ", element("kbd", { "aria-hidden": "true" }, "e")),
      own ? element("button", { type: "button", title: "Take the decision back (u)", onclick: () => judge(null) }, "Undo ", element("kbd", { "aria-hidden": "true" }, "u")) : null,
      own ? element("span", { class: "said" }, `${nameOf(own.decision)} here`) : null),
    element("form", { id: "judge-more", hidden: !(own && (own.changes || own.why)), onsubmit: save },
      element("label", {}, "Corrections, as field=value; … ", changes), element("label", {}, "Why ", why),
      element("button", {}, "Keep")));
}

function openCorrection() {
  byName("judge-more").hidden = false;
  byName("judge-open").setAttribute("aria-expanded", "true");
  byName("judge-changes").focus();
}

function exportDecisions() {
  const who = byName("judge-who").value.trim();
  const lines = judgedHere().map((claim) => {
    const { decision, changes, why, when } = judgements.get(claim.id);
    return [`claim-${claim.id}`, decision, changes, why, who, when, claim.drug, claim.direction, claim.outcome, data.papers[claim.paper].file];
  });
  download(["claim", "decision", "new_other", "why", "who", "when", "intervention", "direction", "outcome", "document"], lines, "decisions");
}

function forgetJudgements() {
  if (!confirm("Forget all decisions made on this page? Download them first if they are not imported yet.")) return;
  for (const claim of judgedHere()) judgements.delete(claim.id);
  keep(KEPT, Object.fromEntries(judgements));
  showJudged();
  refresh({ keepPage: true });
  if (state.claim) renderDetail(claims[byId.get(state.claim)]);
}
