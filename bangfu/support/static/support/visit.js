// 记走访：不相关的题收起来；“没见到”和见到的人不一起选；位置只在按了按钮以后记一次，别的时候不问。
(() => {
  const form = document.querySelector("form[data-visit]");
  if (!form) return;
  const named = (name) => [...form.elements].filter((one) => one.name === name);
  const yes = (name) => named(name).some((one) => one.checked && one.value === "yes");

  const relate = () => {
    for (const part of form.querySelectorAll("[data-shown-for]")) {
      part.hidden = !yes(part.dataset.shownFor);
      if (part.hidden) for (const one of part.querySelectorAll(":checked")) one.checked = false;
    }
  };
  const alone = (changed) => {
    if (changed.name !== "met" || !changed.checked) return;
    for (const one of named("met")) {
      if (one !== changed && (changed.value === "nobody" || one.value === "nobody")) one.checked = false;
    }
  };
  form.addEventListener("change", (event) => { alone(event.target); relate(); });
  relate();

  const button = form.querySelector("[data-point]");
  const said = form.querySelector("[data-point-said]");
  if (!("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = "正在取位置……";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        named("longitude")[0].value = coords.longitude.toFixed(6);
        named("latitude")[0].value = coords.latitude.toFixed(6);
        said.textContent = "记下了这一点。不想留，把两格清空。";
      },
      () => { said.textContent = "没取到位置。可以不记，直接存下。"; },
      { timeout: 15000 },
    );
  });
})();
