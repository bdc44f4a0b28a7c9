// 收入测算表：边填边算，再加一笔。没有脚本时一样能填，保存后由服务器算。
(() => {
  const form = document.querySelector("[data-income]");
  if (!form) return;
  const parts = JSON.parse(form.dataset.parts);

  // 元 → 分；读不懂的不算，保存时由服务器说哪里不对
  const fen = (text) => {
    const clean = text.trim().replaceAll(",", "").replaceAll("，", "").replace(/元$/, "");
    const scale = clean.endsWith("万") ? 1000000 : 100;
    const number = Number(clean.replace(/万$/, ""));
    return clean === "" || Number.isNaN(number) ? 0 : Math.round(number * scale);
  };
  const yuan = (value) => {
    const text = (Math.abs(value) / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    return value < 0 ? `−${text}` : text;
  };
  const halfUp = (net, persons) => Math.sign(net) * Math.floor(Math.abs(net) / persons + 0.5);

  const count = () => {
    let net = 0;
    for (const body of form.querySelectorAll("tbody[data-category]")) {
      let sum = 0;
      for (const amount of body.querySelectorAll("input[name$='-amount_fen']")) {
        const item = form.elements[amount.name.replace("amount_fen", "item")].value;
        sum += (parts[item] || 0) * fen(amount.value);
      }
      body.querySelector("[data-sum]").textContent = yuan(sum);
      net += sum;
    }
    const persons = Number(form.elements.persons.value);
    form.querySelector("[data-net]").textContent = `${yuan(net)} 元`;
    form.querySelector("[data-persons]").textContent = persons || "—";
    form.querySelector("[data-per-capita]").textContent = persons > 0 ? `${yuan(halfUp(net, persons))} 元` : "—";
  };

  // 空着的那一笔一用上，就在下面再放一笔
  const total = form.elements["lines-TOTAL_FORMS"];
  const another = (row) => {
    const body = row.parentElement;
    if (row !== body.lastElementChild) return;
    const copy = row.cloneNode(true);
    const number = total.value;
    for (const part of copy.querySelectorAll("[name], [id], [for]")) {
      for (const key of ["name", "id", "for"]) {
        const value = part.getAttribute(key);
        if (value) part.setAttribute(key, value.replace(/lines-\d+-/, `lines-${number}-`));
      }
      if (part.matches("input:not([type=hidden])")) part.value = "";
    }
    total.value = Number(number) + 1;
    body.append(copy);
  };

  form.addEventListener("input", count);
  form.addEventListener("change", (event) => {
    const row = event.target.closest("tr[data-free]");
    if (row && event.target.matches("select")) another(row);
    count();
  });
  count();
})();
