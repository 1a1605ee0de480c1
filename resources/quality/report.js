"use strict";
// The list of findings: filters, sorting and pages. Every text is set as text, never as markup.
(() => {
  const columns = JSON.parse(document.getElementById("data").textContent);
  const names = [...document.querySelectorAll("#list th")].map((th) => th.dataset.column);
  const labels = [...document.querySelectorAll("#list th")].map((th) => th.textContent.trim());
  const all = columns.number.codes.length;
  const element = (id) => document.getElementById(id);
  const text = (name, at) => String(columns[name].levels[columns[name].codes[at]]);
  const number = (n) => n.toLocaleString("en");

  // ---- sorting: each distinct text of a column gets a rank once ----
  const gravity = { error: 0, warning: 1, note: 2 };
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const ranks = {};
  function rankOf(name) {
    if (!ranks[name]) {
      const levels = columns[name].levels;
      const order = levels.map((_, at) => at).sort((a, b) => {
        if (name === "severity") return gravity[levels[a]] - gravity[levels[b]];
        if ((levels[a] === "") !== (levels[b] === "")) return levels[a] === "" ? 1 : -1;
        if (name === "row") return levels[a] - levels[b];
        return collator.compare(levels[a], levels[b]);
      });
      const rank = new Int32Array(levels.length);
      order.forEach((level, at) => { rank[level] = at; });
      ranks[name] = rank;
    }
    return ranks[name];
  }

  // ---- filters ----
  const selects = ["severity", "site", "form", "rule"];
  let sort = null;
  let shown = [];
  let page = 0;
  let searched = null; // lower-case text of each finding, made when first asked for

  function wanted(name) { return element("filter-" + name).value; }

  function inPool(at, pool) {
    const status = text("status", at);
    return pool === "current" ? status !== "resolved" : status === pool;
  }

  function matching() {
    const chosen = selects.filter((name) => wanted(name) !== "").map((name) => [
      columns[name].codes, columns[name].levels.indexOf(wanted(name))]);
    const words = wanted("text").toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length && !searched) {
      searched = Array.from({ length: all }, (_, at) =>
        names.map((name) => text(name, at)).join(" ").toLowerCase());
    }
    const pool = wanted("status");
    const found = [];
    let size = 0;
    for (let at = 0; at < all; at += 1) {
      if (!inPool(at, pool)) continue;
      size += 1;
      if (chosen.every(([codes, level]) => codes[at] === level)
          && words.every((word) => searched[at].includes(word))) found.push(at);
    }
    if (sort) {
      const rank = rankOf(sort.name);
      const codes = columns[sort.name].codes;
      found.sort((a, b) => sort.sign * (rank[codes[a]] - rank[codes[b]]) || a - b);
    }
    return { found, size };
  }

  // ---- what is on the page ----
  function cell(name, label, at) {
    const td = document.createElement("td");
    td.className = name === "severity" ? `severity ${text(name, at)}` : name;
    td.dataset.label = label;
    // A line may break after the marks that join names.
    text(name, at).split(/(?<=[._/#])/).forEach((part, place) => {
      if (place) td.append(document.createElement("wbr"));
      td.append(part);
    });
    return td;
  }

  function drawPage() {
    const size = Number(element("page-size").value);
    const pages = Math.max(1, Math.ceil(shown.length / size));
    page = Math.min(Math.max(page, 0), pages - 1);
    const rows = shown.slice(page * size, (page + 1) * size).map((at) => {
      const tr = document.createElement("tr");
      tr.append(...names.map((name, place) => cell(name, labels[place], at)));
      return tr;
    });
    document.querySelector("#list tbody").replaceChildren(...rows);
    element("page").textContent = `Page ${number(page + 1)} of ${number(pages)}`;
    for (const [id, off] of [["first", page === 0], ["previous", page === 0],
      ["next", page === pages - 1], ["last", page === pages - 1]]) {
      element("page-" + id).setAttribute("aria-disabled", String(off));
    }
    element("pages").hidden = shown.length <= 50;
  }

  function update() {
    const { found, size } = matching();
    shown = found;
    page = 0;
    const kind = wanted("status") === "current" ? "" : wanted("status") + " ";
    element("count").textContent = `${number(found.length)} of ${number(size)} ${kind}findings`;
    drawPage();
  }

  function turn(to) {
    const before = page;
    page = to;
    drawPage();
    if (page !== before) element("list").scrollIntoView();
  }

  // ---- controls ----
  function addOptions(select, options) {
    for (const [value, label] of options) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = label;
      select.append(option);
    }
  }

  function counts(name) {
    const found = new Map();
    for (let at = 0; at < all; at += 1) {
      if (name === "status" || inPool(at, "current")) {
        const level = text(name, at);
        found.set(level, (found.get(level) || 0) + 1);
      }
    }
    return found;
  }

  function fillFilters() {
    const statuses = counts("status");
    const current = all - (statuses.get("resolved") || 0);
    addOptions(element("filter-status"), [["current", `Current (${number(current)})`],
      ...["new", "still open", "resolved"].filter((name) => statuses.has(name)).map((name) =>
        [name, `${name[0].toUpperCase()}${name.slice(1)} (${number(statuses.get(name))})`])]);
    for (const name of selects) {
      const found = counts(name);
      const rank = rankOf(name);
      const levels = columns[name].levels.map((level, at) => [level, rank[at]])
        .sort((a, b) => a[1] - b[1]).map(([level]) => String(level));
      addOptions(element("filter-" + name), [["", "All"],
        ...levels.map((level) => [level, `${level} (${number(found.get(level) || 0)})`])]);
    }
  }

  function sortBy(name) {
    const descending = sort && sort.name === name && sort.sign === 1;
    sort = { name, sign: descending ? -1 : 1 };
    for (const th of document.querySelectorAll("#list th")) {
      th.setAttribute("aria-sort", th.dataset.column !== name ? "none"
        : descending ? "descending" : "ascending");
    }
    update();
  }

  function setUp() {
    fillFilters();
    for (const th of document.querySelectorAll("#list th")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = th.textContent.trim();
      button.addEventListener("click", () => sortBy(th.dataset.column));
      th.replaceChildren(button);
      th.setAttribute("aria-sort", "none");
    }
    const filters = element("filters");
    filters.hidden = false;
    filters.addEventListener("submit", (event) => event.preventDefault());
    filters.addEventListener("change", (event) => {
      if (event.target.id !== "filter-text") update();
    });
    element("filter-text").addEventListener("input", update);
    element("filter-clear").addEventListener("click", () => {
      filters.reset();
      update();
    });
    element("page-first").addEventListener("click", () => turn(0));
    element("page-previous").addEventListener("click", () => turn(page - 1));
    element("page-next").addEventListener("click", () => turn(page + 1));
    element("page-last").addEventListener("click", () => turn(Infinity));
    element("page-size").addEventListener("change", () => turn(0));
    for (const link of document.querySelectorAll("a[data-filter]")) {
      link.addEventListener("click", () => {
        filters.reset();
        element("filter-" + link.dataset.filter).value = link.dataset.value;
        update();
        element("findings").focus();
      });
    }
    update();
  }
  setUp();
})();
