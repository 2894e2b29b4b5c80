// Small helpers for the document. Text reaches the page only as text nodes and attribute values, never as markup.

export const $ = (id) => document.getElementById(id);

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function swatch(colour) {
  const element = h("span", { class: "swatch", "aria-hidden": "true" });
  element.style.background = colour;
  return element;
}

const whole = new Intl.NumberFormat("en");
export const number = (value) => whole.format(value);
export const percent = (share) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;

export function measured(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  if (Number.isInteger(value)) return number(value);
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(1).replace("-", "−");
  return value.toPrecision(Math.abs(value) >= 100 ? 4 : 3).replace("-", "−");
}

// Only addresses of the web become links: a `javascript:` in a file of others stays text.
export const isWebAddress = (address) => /^https?:\/\/[^\s]+$/i.test(address ?? "");

let announcing = 0;
export function announce(text) {
  clearTimeout(announcing);
  announcing = setTimeout(() => ($("live").textContent = text), 150);
}

let toasting = 0;
export function toast(text) {
  const box = $("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toasting);
  toasting = setTimeout(() => (box.hidden = true), 2600);
}
