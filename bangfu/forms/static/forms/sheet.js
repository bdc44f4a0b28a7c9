// 填表：不相关的题收起来；填了一半离开，回来还在（只存本机，只存选项和数，不存名字和文字）。交上去了才清掉。
(() => {
  const SENT = "bangfu.sheet.sent";
  const form = document.querySelector("form[data-sheet]");
  const key = form && `bangfu.sheet.${form.dataset.sheet}`;
  const sent = sessionStorage.getItem(SENT);
  const refused = form && form.querySelector(".bf-note.bad");
  if (sent && sent !== key) {
    localStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
  }
  if (!form) return;
  const named = (name) => [...form.elements].filter((one) => one.name === name);
  const given = (name) => named(name).filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked).map((one) => one.value);

  const relate = () => {
    for (const one of form.querySelectorAll("[data-relevant]")) {
      const wanted = one.dataset.relevantAnswers.split("|");
      const asked = given(one.dataset.relevant).some((value) => wanted.includes(value));
      one.closest(".bf-field").hidden = !asked;
    }
  };
  const kept = (one) => ["radio", "checkbox"].includes(one.type) || one.inputMode === "decimal";
  const keep = () => {
    const values = {};
    for (const one of form.elements) {
      if (!one.name || one.type === "hidden" || !kept(one)) continue;
      if (one.inputMode === "decimal" ? one.value : one.checked) (values[one.name] ??= []).push(one.value);
    }
    localStorage.setItem(key, JSON.stringify(values));
  };
  const restore = () => {
    const values = JSON.parse(localStorage.getItem(key) || "null");
    if (!values || refused) return;
    for (const [name, list] of Object.entries(values)) {
      for (const one of named(name)) {
        if (one.inputMode === "decimal") one.value = list[0];
        else one.checked = list.includes(one.value);
      }
    }
  };

  restore();
  relate();
  form.addEventListener("input", () => { relate(); keep(); });
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, key));
})();
