/**
 * Puts a dashboard on the page. Everything is decided by then; the lines are drawn by the library that Grafana uses.
 * @import { BoardDrawing, PanelDrawing, SeriesContent, StatesContent, StatContent, PieContent, GaugeContent, LegendDrawing } from "../drawing.ts"
 */

/** @param {BoardDrawing} board */
function drawBoard({ title, description, width, height, choices, panels }) {
  const main = element("main", { style: `width: ${width}px; height: ${height}px` });
  document.body.replaceChildren(
    element("header", {}, [
      element("h1", {}, [title]),
      element("p", {}, [description]),
      element(
        "div",
        { class: "choices" },
        choices.map(({ label, value }) =>
          element("div", { class: "choice" }, [element("b", {}, [label]), element("span", {}, [value])]),
        ),
      ),
    ]),
    main,
  );
  for (const panel of panels) drawPanel(main, panel);
}

/**
 * @param {HTMLElement} main
 * @param {PanelDrawing} panel
 */
function drawPanel(main, { title, description, box, content }) {
  const style = `left: ${box.left}px; top: ${box.top}px; width: ${box.width}px; height: ${box.height}px`;
  if (content.kind === "row") {
    main.append(element("div", { class: "row", style }, [title]));
    return;
  }
  const heading = element("h2", {}, [title]);
  if (description !== undefined) heading.append(element("i", {}, ["i"]));
  const place = element("div", { class: "content" });
  main.append(element("section", { class: "panel", style, "data-title": title }, [heading, place]));
  switch (content.kind) {
    case "error":
      place.append(element("div", { class: "message" }, [content.message]));
      break;
    case "empty":
      place.append(element("div", { class: "message" }, ["No data"]));
      break;
    case "series":
      drawSeries(place, content);
      break;
    case "states":
      drawStates(place, content);
      break;
    case "stat":
      drawStat(place, content);
      break;
    case "pie":
      drawPie(place, content);
      break;
    case "gauge":
      drawGauge(place, content);
      break;
  }
}

/**
 * @param {HTMLElement} place
 * @param {SeriesContent} content
 */
function drawSeries(place, { times, lines, x, y, stepped, lineWidth, fillOpacity, legend }) {
  const chart = chartBeside(place, legend);
  const alpha = Math.round((fillOpacity / 100) * 255)
    .toString(16)
    .padStart(2, "0");
  const paths = stepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
  const axis = {
    stroke: "#ccccdc",
    font: "12px 'DejaVu Sans', sans-serif",
    grid: { stroke: "#24262b", width: 1 },
    ticks: { show: false },
  };
  const widest = Math.max(...y.labels.map((label) => textWidth(label, axis.font)));
  new uPlot(
    {
      width: chart.clientWidth,
      height: chart.clientHeight,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, range: [x.min, x.max] }, y: { range: [y.min, y.max] } },
      axes: [
        { ...axis, size: 24, gap: 6, splits: [...x.splits], values: [...x.labels] },
        { ...axis, size: widest + 14, gap: 6, splits: [...y.splits], values: [...y.labels] },
      ],
      series: [
        {},
        ...lines.map(({ color }) => ({
          stroke: color,
          width: lineWidth,
          fill: color + alpha,
          ...(paths && { paths }),
        })),
      ],
    },
    [[...times], ...lines.map(({ values }) => [...values])],
    chart,
  );
}

/**
 * Where a chart is drawn, its legend below it or beside it.
 *
 * @param {HTMLElement} place
 * @param {LegendDrawing} legend
 */
function chartBeside(place, legend) {
  const chart = element("div", { class: "chart" });
  place.append(chart);
  if (legend.shown) {
    place.classList.add(legend.placement);
    place.append(legend.mode === "table" ? legendTable(legend) : legendList(legend));
  }
  return chart;
}

/** @param {LegendDrawing} legend */
function legendTable({ columns, entries }) {
  const head = element(
    "tr",
    {},
    ["Name", ...columns].map((column) => element("th", {}, [column])),
  );
  const rows = entries.map(({ name, color, values }) =>
    element("tr", {}, [
      element("td", { class: "name", style: `--color: ${color}` }, [name]),
      ...values.map((value) => element("td", {}, [value])),
    ]),
  );
  return element("div", { class: "legend table" }, [element("table", {}, [head, ...rows])]);
}

/** @param {LegendDrawing} legend */
function legendList({ columns, entries }) {
  return element(
    "div",
    { class: "legend list" },
    entries.map(({ name, color, values }) => {
      const figures = values.map((value, index) => `${columns[index]}: ${value}`).join("  ");
      return element("span", { class: "name", style: `--color: ${color}` }, [`${name}  ${figures}`.trim()]);
    }),
  );
}

/**
 * @param {HTMLElement} place
 * @param {StatesContent} content
 */
function drawStates(place, { rows, x, legend }) {
  const chart = chartBeside(place, legend);
  const percent = (/** @type {number} */ share) => `${share * 100}%`;
  const lines = rows.map(({ name, spans }) =>
    element("div", { class: "states" }, [
      element("span", { class: "name" }, [name]),
      element(
        "div",
        { class: "spans" },
        spans.map(({ from, to, color }) =>
          element("i", { style: `left: ${percent(from)}; width: ${percent(to - from)}; background: ${color}` }),
        ),
      ),
    ]),
  );
  const times = x.splits.map((time, index) => {
    const left = percent((time - x.min) / (x.max - x.min));
    return element("span", { style: `left: ${left}` }, [x.labels[index] ?? ""]);
  });
  const axis = element("div", { class: "states axis" }, [element("span"), element("div", { class: "spans" }, times)]);
  const style = `grid-template-rows: repeat(${rows.length}, minmax(16px, 1fr)) 18px`;
  chart.append(element("div", { class: "timeline", style }, [...lines, axis]));
}

/**
 * @param {HTMLElement} place
 * @param {StatContent} content
 */
function drawStat(place, { figures, filled }) {
  const parts = figures.map(({ name, text, color }) => {
    const style = filled ? `background: ${color}` : `color: ${color}`;
    return element("div", { style }, [...(name === undefined ? [] : [element("small", {}, [name])]), text]);
  });
  const letters = Math.max(4, figures.map(({ text }) => text).join("").length);
  const style = `--width: ${place.clientWidth}px; --letters: ${letters}`;
  place.append(element("div", { class: "stat", style }, parts));
}

/**
 * @param {HTMLElement} place
 * @param {PieContent} content
 */
function drawPie(place, { slices, hole, legend }) {
  const chart = chartBeside(place, legend);
  let turned = 0;
  const parts = slices.flatMap(({ color, share, label }) => {
    const middle = point(turned + share / 2, 0.62);
    const path = `<path d="${sector({ from: turned, to: turned + share, inner: hole, outer: 1 })}" fill="${color}"/>`;
    turned += share;
    const lines = label === "" || share === 0 ? [] : label.split("\n");
    const spans = lines.map((line, index) => {
      const tspan = element("tspan", {}, [line]).textContent ?? "";
      return `<tspan x="${middle.x}" dy="${index === 0 ? 0 : 0.16}">${tspan}</tspan>`;
    });
    return [path, `<text y="${middle.y}" font-size="0.13" text-anchor="middle">${spans.join("")}</text>`];
  });
  chart.innerHTML = `<svg viewBox="-1.05 -1.05 2.1 2.1">${parts.join("")}</svg>`;
}

/**
 * @param {HTMLElement} place
 * @param {GaugeContent} content
 */
function drawGauge(place, { text, color, share, arcs }) {
  const chart = element("div", { class: "chart" });
  place.append(chart);
  // Three quarters of a circle, from the lower left to the lower right.
  const turn = (/** @type {number} */ part) => -0.375 + part * 0.75;
  const arc = (/** @type {[number, number]} */ [from, to], /** @type {[number, number]} */ [inner, outer], fill = "") =>
    `<path d="${sector({ from: turn(from), to: turn(to), inner, outer })}" fill="${fill}"/>`;
  chart.innerHTML = `<svg viewBox="-1.1 -1.05 2.2 1.9">
    ${arc([0, 1], [0.68, 0.92], "#2a2c32")}${arc([0, share], [0.68, 0.92], color)}
    ${arcs.map(({ from, to, color: rim }) => arc([from, to], [0.95, 1], rim)).join("")}
    <text y="0.15" font-size="0.4" text-anchor="middle" style="fill: ${color}"></text></svg>`;
  const label = chart.querySelector("text");
  if (label !== null) label.textContent = text;
}

/**
 * A piece of a ring, in turns clockwise from the top.
 *
 * @param {{ from: number, to: number, inner: number, outer: number }} ring
 */
function sector({ from, to, inner, outer }) {
  const end = Math.min(to, from + 0.99999);
  const large = end - from > 0.5 ? 1 : 0;
  const [a, b, c, d] = [point(from, outer), point(end, outer), point(end, inner), point(from, inner)];
  return `M${a.x} ${a.y}A${outer} ${outer} 0 ${large} 1 ${b.x} ${b.y}L${c.x} ${c.y}A${inner} ${inner} 0 ${large} 0 ${d.x} ${d.y}Z`;
}

/**
 * @param {number} turn
 * @param {number} radius
 */
function point(turn, radius) {
  const angle = turn * 2 * Math.PI;
  return { x: Math.sin(angle) * radius, y: -Math.cos(angle) * radius };
}

/**
 * @param {string} text
 * @param {string} font
 */
function textWidth(text, font) {
  const context = document.createElement("canvas").getContext("2d");
  if (context === null) return 0;
  context.font = font;
  return context.measureText(text).width;
}

/** Texts that do not fit into their place, and panels on which nothing was drawn. */
function flaws() {
  const panels = [...document.querySelectorAll(".panel")];
  return panels.flatMap((panel) => {
    const title = panel.getAttribute("data-title");
    const cut = [...panel.querySelectorAll("h2, .name, .stat")]
      .filter(overflows)
      .map((text) => `"${text.textContent}" does not fit`);
    const legend = panel.querySelector(".legend");
    // A table may be longer than its place: it begins with the largest, and Grafana lets it be scrolled.
    const hidden = legend?.classList.contains("list") && overflows(legend) ? ["the legend does not fit"] : [];
    const timeline = panel.querySelector(".timeline");
    const crowded = timeline !== null && overflows(timeline) ? ["the rows do not fit"] : [];
    const canvas = panel.querySelector("canvas");
    const blank = canvas !== null && isBlank(canvas) ? ["nothing is drawn"] : [];
    return [...cut, ...hidden, ...crowded, ...blank].map((flaw) => `${title}: ${flaw}`);
  });
}

/** @param {Element} place */
function overflows({ scrollWidth, clientWidth, scrollHeight, clientHeight }) {
  return scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
}

/** @param {HTMLCanvasElement} canvas */
function isBlank(canvas) {
  const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return !pixels.some((value) => value !== 0);
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

Object.assign(globalThis, { drawBoard, flaws });
