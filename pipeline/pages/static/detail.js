// One claim: what it says, where it stands, what each field was read from.
const PLACES = {
  sentence: "in the sentence", paragraph: "in the paragraph", section: "in the section", document: "elsewhere in the paper",
  row: "in the row", header: "in the table's header", subheader: "in a subheading of the table", caption: "in the caption",
  footnote: "in a note of the table", inferred: "inferred, not written",
};

function placeWords(claim) {
  const paper = data.papers[claim.paper];
  const words = [];
  if (claim.section === "caption") words.push("in a caption");
  else if (claim.section && !["table", "body"].includes(claim.section)) words.push(claim.section);
  if (claim.table !== undefined) words.push(`table ${claim.table}, row ${claim.row + 1}`);
  if (claim.page !== undefined) words.push(`page ${claim.page}` + (paper.pages ? ` of ${paper.pages}` : ""));
  return words.join(" · ");
}

function renderDetail(claim) {
  const box = byName("detail");
  const paper = data.papers[claim.paper];
  const at = state.shown.indexOf(byId.get(claim.id));
  const flash = (index, on) => {
    for (const mark of box.querySelectorAll("mark[data-field]")) {
      if (mark.dataset.field.split(" ").includes(String(index))) mark.classList.toggle("flash", on);
    }
  };
  const reveal = (index) => {
    const mark = [...box.querySelectorAll("mark[data-field]")].find((one) => one.dataset.field.split(" ").includes(String(index)));
    if (mark) mark.scrollIntoView({ block: "center" });
  };
  const bar = element("div", { class: "bar" },
    element("button", { type: "button", onclick: () => step(-1), disabled: at <= 0, title: "Previous claim (k)", "aria-label": "Previous claim" }, "‹", element("span", { class: "word" }, " Previous")),
    element("button", { type: "button", onclick: () => step(1), disabled: at < 0 || at + 1 >= state.shown.length, title: "Next claim (j)", "aria-label": "Next claim" }, element("span", { class: "word" }, "Next "), "›"),
    element("span", { class: "said" }, at < 0 ? "not among the claims shown" : `${(at + 1).toLocaleString("en")} of ${state.shown.length.toLocaleString("en")}`),
    element("button", { type: "button", id: "copy", onclick: copyLink, title: "Copy a link to this claim (c)" }, "Copy link"),
    element("span", { class: "said", id: "said", role: "status" }),
    element("button", { type: "button", class: "close", onclick: () => closeClaim(), title: "Close (Esc)" }, "Close"));
  const heading = element("h2", { id: "detail-title", tabindex: "-1", dir: "auto" },
    element("bdi", {}, claim.drug), " ",
    element("span", { class: claim.direction }, `${ARROWS[claim.direction]} ${nameOf(claim.direction)}`), " ",
    element("bdi", {}, claim.outcome));
  const subjects = [claim.sex, claim.strain || claim.species].filter(Boolean).join(" ");
  const facts = element("p", { class: "facts", dir: "auto" }, [claim.dose, subjects && "in " + subjects].filter(Boolean).join(", "));
  const badges = element("ul", { class: "badges", "aria-label": "About the claim" },
    [claim.change, claim.certainty, claim.negated && "negated", claim.source && nameOf(claim.source), nameOf(claim.kind),
      claim.setting, claim.confidence !== undefined && `confidence ${roundDown(claim.confidence)}`]
      .filter(Boolean).map((word) => element("li", {}, word)));
  const where = element("p", { class: "place" },
    element("bdi", { class: "title" }, paper.title || paper.file),
    ...[paper.authors, paper.year, paper.journal, paper.title ? paper.file : null].filter(Boolean).map((word) => " · " + word),
    element("br"), element("bdi", {}, placeWords(claim)));
  const fields = element("table", { class: "fields" }, element("tbody", {}, claim.fields.map((field, index) => {
    const [key, start, , source, text, value, passage] = field;
    const shown = passage !== undefined && passage !== null;
    const words = shown
      ? element("a", { href: address({ claim: claim.id }), onclick: (event) => { event.preventDefault(); reveal(index); } }, element("bdi", {}, text))
      : element("bdi", {}, text);
    return element("tr", { onmouseenter: () => flash(index, true), onmouseleave: () => flash(index, false), onfocusin: () => flash(index, true), onfocusout: () => flash(index, false) },
      element("th", { scope: "row" }, element("span", { class: "swatch f-" + key, "aria-hidden": "true" }), data.fields[key]),
      element("td", { class: "words" }, words),
      element("td", { class: "value" }, element("bdi", {}, value)),
      element("td", { class: "where" }, start === undefined || start === null ? PLACES.inferred : PLACES[source] || source));
  })));
  const parts = [element("div", { class: "fixed" }, bar, judgeBox(claim)), heading, facts.textContent ? facts : null, decided(claim), judgedBox(claim), badges, where,
    element("h3", {}, claim.kind === "table" ? "The row in its table" : "The paragraph"), renderPassage(claim, claim.passage),
    element("h3", {}, state.correcting ? "What it should say" : "What was read from it"), state.correcting ? correctionForm(claim) : fields];
  const others = [...new Set(claim.fields.map((field) => field[6]).filter((place) => place !== undefined && place !== null && place !== claim.passage))];
  if (others.length) {
    parts.push(element("h3", {}, "From other places"));
    for (const place of others) {
      const names = [...new Set(claim.fields.filter((field) => field[6] === place).map((field) => data.fields[field[0]]))];
      parts.push(element("p", { class: "place" }, names.join(", ") + (data.passages[place].title ? ` · ${data.passages[place].title}` : "")));
      parts.push(renderPassage(claim, place));
    }
  }
  if (claim.cited) {
    const listed = claim.cited.filter((marker) => (paper.references || {})[marker]);
    const unlisted = claim.cited.filter((marker) => !listed.includes(marker));
    parts.push(element("h3", {}, "What it cites"), element("ul", { class: "references" }, listed.map((marker) => {
      const reference = paper.references[marker];
      return element("li", {}, element("bdi", {}, `[${marker}] ${withoutMarker(reference.text ?? "", marker)}`), links(reference));
    }), unlisted.length ? element("li", {}, element("bdi", {}, unlisted.map((marker) => `[${marker}]`).join(" ")), ": not in the list of references as it was read from this file") : null));
  }
  if (claim.why) {
    parts.push(element("details", {}, element("summary", {}, "Why it was read so"), element("ul", { class: "why" }, claim.why.map((reason) => element("li", { dir: "auto" }, reason)))));
  }
  parts.push(element("p", { class: "identity" }, `claim ${claim.id} · evidence at ${claim.evidence.map((span) => span.join("–")).join(", ")} of ${paper.file}`));
  box.replaceChildren(...parts.filter(Boolean));
  box.scrollTop = 0;
  const proof = box.querySelector(".passage .evidence, .passage .here");
  if (proof && proof.getBoundingClientRect().bottom > box.getBoundingClientRect().bottom - 40) proof.scrollIntoView({ block: "center" });
}

function withoutMarker(text, marker) {
  const head = text.match(/^\[?(\w+)\]?[.)]?\s+/);
  return head && head[1] === marker ? text.slice(head[0].length) : text;
}

function links(reference) {
  if (!reference) return null;
  const made = [];
  if (reference.doi && /^10\.\d{4,9}\//.test(reference.doi)) {
    made.push(" ", element("a", { href: "https://doi.org/" + encodeURI(reference.doi), rel: "noreferrer noopener" }, "doi " + reference.doi));
  }
  if (reference.pmid && /^\d+$/.test(reference.pmid)) made.push(" PMID " + reference.pmid);
  return made;
}

function decided(claim) {
  if (!claim.decision) return null;
  const { decision, who, when, why, was } = claim.decision;
  return element("div", { class: "decision" },
    element("p", {}, element("b", {}, nameOf(decision)), [who && ` by ${who}`, when && ` on ${when.slice(0, 10)}`].filter(Boolean).join("")),
    why ? element("p", { dir: "auto" }, why) : null,
    Object.entries(was || {}).map(([key, value]) => element("p", {}, `${data.fields[key] || key.replaceAll("_", " ")} was read as: `, element("bdi", {}, value || "nothing"))));
}

async function copyLink() {
  const link = location.href.split("#")[0] + "#claim=" + state.claim;
  let done = true;
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    const field = element("textarea", { class: "hidden-text" });
    field.value = link;
    document.body.append(field);
    field.select();
    done = document.execCommand("copy");
    field.remove();
  }
  byName("said").textContent = done ? "copied" : link;
}
