/* The little that a page does by itself: panels and menus that Esc closes, the find box, ticks, waiting. No framework. */
(() => {
  "use strict";

  const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]):not([type=hidden]), select, textarea, summary";
  const openers = new Map(); // id of an open panel → what gets the focus back

  const byId = (id) => document.getElementById(id);
  const isDrawer = (panel) => panel.id === "menu";

  function openDrawer(panel, opener) {
    panel.classList.add("is-open");
    opener.setAttribute("aria-expanded", "true");
    openers.set(panel.id, opener);
    const veil = document.createElement("div");
    veil.className = "bf-veil";
    veil.dataset.close = panel.id;
    panel.after(veil);
    panel.querySelector(FOCUSABLE)?.focus();
  }

  /* Nothing typed is lost by Esc: the first time the panel only says so. */
  function keepsWords(panel) {
    if (panel.dataset.typed === undefined || panel.dataset.warned !== undefined) return false;
    panel.dataset.warned = "";
    const note = document.createElement("p");
    note.className = "bf-note warn bf-keep";
    note.setAttribute("role", "alert");
    note.textContent = "这里写的还没交。再按一次 Esc 或再点一次关闭，就不留了。";
    panel.prepend(note);
    return true;
  }
  document.addEventListener("input", ({ target }) => {
    const panel = target.closest("[data-panel]");
    if (panel) { panel.dataset.typed = ""; delete panel.dataset.warned; panel.querySelector(".bf-keep")?.remove(); }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const panel = event.detail.target;
    const asker = event.detail.requestConfig?.elt;
    if (panel?.matches("[data-panel]") && !panel.contains(asker) && keepsWords(panel)) event.detail.shouldSwap = false;
  });

  function closePanel(panel) {
    if (keepsWords(panel)) return;
    forget(panel);
    const opener = openers.get(panel.id);
    openers.delete(panel.id);
    if (isDrawer(panel)) {
      panel.classList.remove("is-open");
      document.querySelector(".bf-veil")?.remove();
      opener?.setAttribute("aria-expanded", "false");
    } else {
      panel.replaceChildren();
      document.querySelectorAll("tr.open").forEach((row) => row.classList.remove("open"));
    }
    if (opener?.isConnected) opener.focus();
  }

  function forget(panel) {
    delete panel.dataset.typed;
    delete panel.dataset.warned;
  }

  const isOpen = (panel) => (isDrawer(panel) ? panel.classList.contains("is-open") : panel.childElementCount > 0);

  /* The innermost thing that is open: a menu before a panel, what has the focus before what has not. */
  function closeInnermost() {
    const menu = document.querySelector("details.bf-menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      return true;
    }
    const panels = [...document.querySelectorAll("[data-panel]")].filter(isOpen);
    const panel = panels.find((one) => one.contains(document.activeElement)) || panels[0];
    if (panel) closePanel(panel);
    return Boolean(panel);
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select, [contenteditable]");
    if (event.key === "Escape" && !event.isComposing && closeInnermost()) event.preventDefault();
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const find = byId("find");
      if (find) { event.preventDefault(); find.focus(); find.select(); }
    }
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) openDrawer(byId(opener.dataset.open), opener);
    const closer = event.target.closest("[data-close]");
    if (closer) { event.preventDefault(); closePanel(byId(closer.dataset.close)); }
    if (event.target.closest("[data-print]")) window.print();
    document.querySelectorAll("details.bf-menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  /* What htmx puts into a panel: remember who asked, mark its row, move the focus in. */
  document.addEventListener("htmx:afterSwap", (event) => {
    const panel = event.detail.target;
    const asker = event.detail.requestConfig?.elt;
    if (!panel?.matches("[data-panel]")) return;
    forget(panel);
    if (asker && !panel.contains(asker)) openers.set(panel.id, asker);
    document.querySelectorAll("tr.open").forEach((row) => row.classList.remove("open"));
    openers.get(panel.id)?.closest("tr")?.classList.add("open");
    panel.focus({ preventScroll: true });
  });

  /* A form inside a panel has its answer: what was typed is handed in, unless the form came back. */
  document.addEventListener("htmx:load", ({ detail }) => {
    const panel = detail.elt.closest?.("[data-panel]");
    if (!panel) return;
    panel.querySelector(".bf-keep")?.remove();
    delete panel.dataset.warned;
    if (!panel.querySelector("form")) { forget(panel); panel.focus({ preventScroll: true }); }
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!event.detail.elt.matches("[data-quiet]")) document.body.dataset.waiting = "";
  });
  ["htmx:afterRequest", "htmx:sendError", "htmx:timeout"].forEach((name) =>
    document.addEventListener(name, () => delete document.body.dataset.waiting));

  /* A double click sends a form once. It is free again when the answer is there, when it was a file, and on coming back. */
  const free = (form) => delete form.dataset.sent;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent !== undefined) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = "";
    setTimeout(() => free(form), 5000);
  }, true);
  document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.elt.matches("form")) free(detail.elt); });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));

  /* Filters act as soon as a choice is made. */
  document.addEventListener("change", (event) => {
    if (event.target.form?.dataset.auto !== undefined && event.target.matches("select, [type=date], [type=month], [type=checkbox], [type=radio]"))
      event.target.form.requestSubmit();
  });

  /* Ticked rows: the bar appears, says how many, and can let go of all. The ticks belong to the form from outside it. */
  const ticks = (form) => [...form.elements].filter((box) => box.matches("[data-tick]"));
  function countTicks(form) {
    const boxes = ticks(form);
    const ticked = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr").classList.toggle("sel", box.checked));
    const all = [...form.elements].find((box) => box.matches("[data-tick-all]"));
    if (all) { all.checked = ticked.length > 0 && ticked.length === boxes.length; all.indeterminate = ticked.length > 0 && !all.checked; }
    form.querySelector(".bf-batch").hidden = ticked.length === 0;
    form.querySelector("[data-ticked]").textContent = ticked.length;
  }
  function tickAll(form, on) {
    ticks(form).forEach((box) => { box.checked = on; });
    countTicks(form);
  }
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-tick-all]")) tickAll(target.form, target.checked);
    else if (target.matches("[data-tick]")) countTicks(target.form);
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-untick]");
    if (button) tickAll(button.form, false);
  });

  /* Map and table are twins: what one points at, the other shows. */
  function pointAt(event, on) {
    const code = event.target.closest?.("[data-region]")?.dataset.region;
    if (code) document.querySelectorAll(`[data-region="${CSS.escape(code)}"]`).forEach((twin) => twin.classList.toggle("at", on));
  }
  ["mouseover", "focusin"].forEach((name) => document.addEventListener(name, (event) => pointAt(event, true)));
  ["mouseout", "focusout"].forEach((name) => document.addEventListener(name, (event) => pointAt(event, false)));

  /* A table that fits keeps its head in sight on the page; a wider one scrolls in its own frame. */
  const watcher = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    target.classList.remove("fits", "wide");
    const wide = target.scrollWidth > target.clientWidth + 1;
    target.classList.add(wide ? "wide" : "fits");
    if (wide) target.tabIndex = 0; // arrow keys scroll it
    else target.removeAttribute("tabindex");
  }));
  const look = (root) => {
    root.querySelectorAll(".table-wrap").forEach((wrap) => watcher.observe(wrap));
    root.querySelectorAll("form:has(.bf-batch)").forEach(countTicks);
  };
  document.addEventListener("DOMContentLoaded", () => look(document));
  document.addEventListener("htmx:load", (event) => look(event.detail.elt));
})();
