// A passage with every field marked at its own place.
function marksOf(claim, passage) {
  return claim.fields
    .map((field, index) => ({ index, key: field[0], start: field[1], end: field[2], passage: field[6] }))
    .filter((mark) => mark.passage === passage && mark.start !== undefined && mark.start !== null);
}

// Offsets count code points; a string of JavaScript counts UTF-16 units.
function slicer(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (low, high) => text.slice(low, high);
  const points = Array.from(text);
  return (low, high) => points.slice(low, high).join("");
}

function markedPart(part, marks, evidence, window) {
  const start = part[0];
  const cut = slicer(part[1]);
  const length = Array.from(part[1]).length;
  const low = window ? Math.max(window[0] - start, 0) : 0;
  const high = window ? Math.min(window[1] - start, length) : length;
  const bounds = new Set([low, high]);
  for (const place of [...marks, ...evidence]) {
    for (const bound of [place.start - start, place.end - start]) if (bound > low && bound < high) bounds.add(bound);
  }
  const ordered = [...bounds].sort((one, other) => one - other);
  const made = document.createDocumentFragment();
  if (low > 0) made.append("… ");
  for (let at = 0; at + 1 < ordered.length; at++) {
    const [from, to] = [ordered[at], ordered[at + 1]];
    const text = cut(from, to);
    const covering = marks
      .filter((mark) => mark.start - start <= from && to <= mark.end - start)
      .sort((one, other) => one.end - one.start - (other.end - other.start));
    const proven = evidence.some((place) => place.start - start <= from && to <= place.end - start);
    let node = document.createTextNode(text);
    if (covering.length) {
      const [first, second] = covering;
      const begins = covering.filter((mark) => mark.start - start === from).map((mark) => data.fields[mark.key]);
      const name = covering.map((mark) => data.fields[mark.key]).join(", ");
      const marked = element("mark", { class: "f-" + first.key, title: name, "data-field": covering.map((mark) => mark.index).join(" ") });
      if (second) {
        marked.classList.add("also");
        marked.style.setProperty("--other", getComputedStyle(byName("hue-" + second.key)).getPropertyValue("--hue"));
      }
      if (begins.length) marked.append(element("span", { class: "hidden-text" }, begins.join(", ") + ": "));
      marked.append(node);
      node = marked;
    }
    made.append(proven ? element("span", { class: "evidence" }, node) : node);
  }
  if (high < length) made.append(" …");
  return made;
}

function touches(part, places) {
  const end = part[0] + Array.from(part[1]).length;
  return places.some((place) => place.start < end && part[0] < place.end);
}

function renderPassage(claim, index, whole) {
  const passage = data.passages[index];
  const marks = marksOf(claim, index);
  const home = index === claim.passage;
  const evidence = home ? claim.evidence.map(([start, end]) => ({ start, end })) : [];
  const box = element("div", { class: "passage", dir: "auto" });
  const again = () => box.replaceWith(renderPassage(claim, index, true));
  const draw = { text: drawText, lines: drawLines, grid: drawGrid }[passage.kind];
  for (const part of passage.captions || []) {
    box.append(element("div", { class: "caption", dir: "auto" }, markedPart(passage.parts[part], marks, evidence)));
  }
  draw(box, passage, { marks, evidence, home, whole, again });
  for (const part of passage.notes || []) {
    if (whole || touches(passage.parts[part], [...marks, ...evidence])) {
      box.append(element("div", { class: "note", dir: "auto" }, markedPart(passage.parts[part], marks, evidence)));
    }
  }
  return box;
}

function drawText(box, passage, { marks, evidence, home, whole }) {
  let page = null;
  for (const part of passage.parts) {
    const window = home || whole || !marks.length ? null
      : [Math.min(...marks.map((mark) => mark.start)) - 160, Math.max(...marks.map((mark) => mark.end)) + 160];
    if (window && !touches(part, [{ start: window[0], end: window[1] }])) continue;
    if (part[2] && part[2] !== page) box.append(element("span", { class: "page" }, "page " + part[2]));
    else if (page !== null || box.childNodes.length) box.append(" ");
    page = part[2] ?? null;
    box.append(markedPart(part, marks, evidence, window));
  }
}

function keepNear(count, isNeeded, around) {
  const kept = new Set();
  for (let at = 0; at < count; at++) {
    if (isNeeded(at)) for (let near = at - around; near <= at + around; near++) if (near >= 0 && near < count) kept.add(near);
  }
  return kept;
}

function gap(count, what, again) {
  return element("button", { type: "button", class: "gap", onclick: again }, `⋯ ${count} more ${what}${count === 1 ? "" : "s"}`);
}

function drawLines(box, passage, { marks, evidence, home, whole, again }) {
  const apart = new Set([...(passage.captions || []), ...(passage.notes || [])]);
  const lines = passage.parts.filter((_, at) => !apart.has(at));
  const kept = keepNear(lines.length, (at) => whole || touches(lines[at], [...marks, ...evidence]), home ? 1 : 0);
  let dropped = 0;
  lines.forEach((line, at) => {
    if (!kept.has(at)) return void dropped++;
    if (dropped) box.append(gap(dropped, "line", again));
    dropped = 0;
    const here = evidence.length && touches(line, evidence);
    box.append(element("span", { class: here ? "line here" : "line", dir: "auto" }, markedPart(line, marks, evidence)));
  });
  if (dropped) box.append(gap(dropped, "line", again));
}

function drawGrid(box, passage, { marks, evidence, home, whole, again }) {
  const places = [...marks, ...evidence];
  const count = Math.max(...passage.cells.map((cell) => cell[0] + cell[2]));
  const heads = new Set(passage.cells.filter((cell) => cell[4]).map((cell) => cell[0]));
  const cellTouches = (cell, wanted) => cell[5].some((part) => touches(passage.parts[part], wanted));
  const needed = new Set(passage.cells.filter((cell) => cellTouches(cell, places)).map((cell) => cell[0]));
  const kept = keepNear(count, (row) => whole || needed.has(row), home ? 1 : 0);
  for (const row of heads) if (row < 4) kept.add(row);
  const rows = [...kept].sort((one, other) => one - other);
  const table = element("table", {});
  const width = Math.max(...passage.cells.map((cell) => cell[1] + cell[3]));
  let last = -1;
  for (const row of rows) {
    if (row > last + 1) table.append(gapRow(row - last - 1, width, again));
    last = row;
    const own = passage.cells.filter((cell) => rows.find((shown) => shown >= cell[0] && shown < cell[0] + cell[2]) === row);
    const here = evidence.length && own.some((cell) => cellTouches(cell, evidence));
    const line = element("tr", { class: here ? "here" : null });
    for (const cell of own) {
      const span = rows.filter((shown) => shown >= cell[0] && shown < cell[0] + cell[2]).length;
      const shown = element(cell[4] ? "th" : "td", { dir: "auto", rowspan: span > 1 ? span : null, colspan: cell[3] > 1 ? cell[3] : null });
      cell[5].forEach((part, at) => shown.append(at ? " " : "", markedPart(passage.parts[part], marks, evidence)));
      line.append(shown);
    }
    table.append(line);
  }
  if (count > last + 1) table.append(gapRow(count - last - 1, width, again));
  box.append(element("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": "Rows of the table" }, table));
}

function gapRow(count, width, again) {
  return element("tr", {}, element("td", { colspan: width }, gap(count, "row", again)));
}
