// Draws the charts of a page with ECharts. The option and the numbers are in the
// page; beside every chart stands its table, which stays when drawing fails.
import { say } from "./texts.js";
import * as echarts from "echarts/core";
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { AriaComponent, CalendarComponent, GridComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

echarts.use([
  BarChart, HeatmapChart, LineChart,
  AriaComponent, CalendarComponent, GridComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, SVGRenderer,
]);

/** Replaces names of the theme's colours, "tone:good" and "heat:1", by the colours. */
function paint(value, style) {
  if (typeof value === "string") {
    const [kind, name] = value.split(":");
    if (kind === "tone") return style.getPropertyValue(`--${name}`).trim();
    if (kind === "heat") return style.getPropertyValue(`--heat-${name}`).trim();
    return value;
  }
  if (Array.isArray(value)) return value.map((v) => paint(v, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, paint(v, style)]));
  }
  return value;
}

function axis(part, text, rule, width) {
  for (const a of [part ?? []].flat()) {
    a.axisLabel = { color: text, fontSize: 12, width: Math.min(240, width * 0.45), overflow: "truncate", ...a.axisLabel };
    a.nameTextStyle = { color: text };
    a.axisLine = { lineStyle: { color: rule } };
    a.splitLine = { lineStyle: { color: rule } };
    a.minInterval = 1;
  }
}

/** Turns the names of columns where they are too long to stand side by side. */
function turn(axis, width) {
  if (axis?.axisLabel?.interval === undefined || axis.axisLabel.rotate) return;
  const longest = 7 * Math.max(...axis.data.map((name) => String(name).length)); // in pixels, about
  if (longest * axis.data.length < width * 0.55 - 40) return;
  axis.axisLabel.rotate = 40;
  axis.nameGap += Math.min(longest, width * 0.45) * 0.64;
}

function draw(figure) {
  const style = getComputedStyle(document.documentElement);
  const option = paint(JSON.parse(figure.dataset.option), style);
  const text = style.getPropertyValue("--text").trim();
  const box = figure.querySelector(".drawing");
  axis(option.xAxis, text, style.getPropertyValue("--rule").trim(), box.clientWidth);
  axis(option.yAxis, text, style.getPropertyValue("--rule").trim(), box.clientWidth);
  if (option.visualMap) for (const x of [option.xAxis ?? []].flat()) turn(x, box.clientWidth);
  option.aria = { enabled: true, label: { description: figure.querySelector("figcaption").textContent } };
  option.animation = false;
  if (option.tooltip) Object.assign(option.tooltip, { renderMode: "richText", confine: true });
  const chart = echarts.getInstanceByDom(box) ?? echarts.init(box, null, {
    renderer: "svg", width: box.clientWidth, height: Number(figure.dataset.height),
  });
  chart.setOption(option, true);
  return chart;
}

function start(figure) {
  const table = figure.querySelector(".table-wrap");
  const box = document.createElement("div");
  box.className = "drawing";
  if (table) table.before(box);
  else figure.append(box);
  let chart;
  try {
    chart = draw(figure);
  } catch (error) {
    box.remove();
    console.warn("annex: a chart cannot be drawn; its table shows instead:", error.message);
    return;
  }
  const links = JSON.parse(figure.dataset.links) ?? [];
  if (links.length) chart.on("click", (event) => { location.href = links[event.dataIndex] ?? "#"; });
  figure.dataset.drawn = "";
  const redraw = () => { chart.resize({ width: box.clientWidth }); draw(figure); };
  addEventListener("resize", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  matchMedia("print").addEventListener("change", redraw);
  if (!table) return; // its numbers stand as a table of the page
  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.className = "toggle";
  const show = (on) => {
    table.hidden = !on;
    toggle.textContent = say(on ? "hide" : "table");
    toggle.setAttribute("aria-expanded", String(on));
  };
  toggle.addEventListener("click", () => show(table.hidden));
  table.after(toggle);
  show(false);
}

for (const figure of document.querySelectorAll("figure.chart")) start(figure);
