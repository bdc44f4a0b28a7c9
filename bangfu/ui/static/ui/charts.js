/* Charts. An option stands in the page as JSON; colours are named by token ("--bf-accent") and read from the style sheet.
   ECharts itself (1 MB) is fetched only by a page that has a chart. Every chart has a table twin: parts/chart.html. */
(() => {
  "use strict";

  const library = document.currentScript.dataset.echarts;
  const root = document.documentElement;
  const token = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const rem = (share) => share * parseFloat(getComputedStyle(root).fontSize);

  function withColours(value) {
    if (typeof value === "string") return value.startsWith("--bf-") ? token(value) : value;
    if (Array.isArray(value)) return value.map(withColours);
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withColours(inner)]));
    return value;
  }

  function theme() {
    const text = { color: token("--bf-ink-2"), fontFamily: token("--bf-font"), fontSize: rem(0.75) };
    const axis = {
      axisLine: { lineStyle: { color: token("--bf-line-2") } },
      axisTick: { show: false },
      axisLabel: { ...text, lineHeight: rem(0.9375) },
      nameTextStyle: text,
      splitLine: { lineStyle: { color: token("--bf-line") } },
    };
    return {
      color: ["--bf-accent", "--bf-ink-3", "--bf-accent-60", "--bf-ink", "--bf-accent-40"].map(token),
      textStyle: text,
      grid: { left: rem(0.5), right: rem(1), top: rem(1.75), bottom: rem(0.25), containLabel: true },
      categoryAxis: { ...axis, splitLine: { show: false } },
      valueAxis: { ...axis, axisLine: { show: false } },
      timeAxis: axis,
      legend: { textStyle: text, itemWidth: rem(1.25), itemHeight: rem(0.5), left: "auto", right: 0, top: 0 },
      tooltip: {
        backgroundColor: token("--bf-paper"), borderColor: token("--bf-line-2"), borderWidth: 1,
        textStyle: { ...text, color: token("--bf-ink") }, confine: true,
      },
      line: { symbol: "circle", symbolSize: 5, lineStyle: { width: 2 }, smooth: false },
      bar: { barMaxWidth: rem(1.75), itemStyle: { borderRadius: [1, 1, 0, 0] } },
      sankey: { lineStyle: { color: token("--bf-line-2"), opacity: 0.7 }, label: text },
    };
  }

  let fetched = null;
  function fetchLibrary() {
    fetched ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = library;
      script.onload = () => { window.echarts.registerTheme("bangfu", theme()); done(window.echarts); };
      script.onerror = failed;
      document.head.append(script);
    });
    return fetched;
  }

  function draw(box, echarts) {
    const option = withColours(JSON.parse(document.getElementById(box.dataset.chart).textContent));
    const chart = echarts.init(box, "bangfu", { renderer: "svg" });
    chart.setOption({ animation: false, ...option });
    chart.on("click", ({ data }) => { if (data?.url) window.location.assign(data.url); });
    new ResizeObserver(() => chart.resize()).observe(box);
    box.dataset.drawn = "";
  }

  function look(part) {
    const boxes = [...part.querySelectorAll("[data-chart]:not([data-drawn])")];
    if (boxes.length === 0) return;
    fetchLibrary().then(
      (echarts) => boxes.forEach((box) => draw(box, echarts)),
      () => boxes.forEach((box) => { box.hidden = true; box.nextElementSibling.open = true; }),
    );
  }
  document.addEventListener("DOMContentLoaded", () => look(document));
  document.addEventListener("htmx:load", (event) => look(event.detail.elt));
})();
