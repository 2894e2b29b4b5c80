// A field that completes names of skills (the combobox pattern of the WAI-ARIA Authoring Practices).
import { h, number, swatch } from "./dom.js";

const MOST = 9;

// How well a text fits what is typed: 0 the very name, 1 its beginning, 2 the beginning of a word in it, 3 anything in it, 9 not at all.
function fit(text, query) {
  const at = text.toLowerCase().indexOf(query);
  if (at < 0) return 9;
  if (at === 0) return text.length === query.length ? 0 : 1;
  return /[\p{L}\p{N}]/u.test(text[at - 1]) ? 3 : 2;
}

// The skills whose label, or else another name or the id, fits: [{ node, alias }], the best first; `alias` is the other name that fits.
export function rank(data, typed) {
  const query = typed.trim().toLowerCase();
  if (!query) return [];
  const found = [];
  for (const node of data.nodes) {
    const names = [[fit(node.label, query), ""], [fit(String(node.id), query) + 1.5, ""], ...(node.aliases ?? []).map((alias) => [fit(alias, query) + 0.5, alias])];
    const [score, alias] = names.reduce((best, one) => (one[0] < best[0] ? one : best));
    if (score < 9) found.push({ node, alias, score });
  }
  return found.sort((a, b) => a.score - b.score || b.node.size - a.node.size).slice(0, MOST);
}

// `input` and `list` are elements of the page; `pick(node)` is called with the chosen skill.
export function complete(input, list, data, { pick, colourOf }) {
  let options = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (node) => {
    close();
    pick(node);
  };
  const mark = (at) => {
    active = at;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", list.children[at].id);
    else input.removeAttribute("aria-activedescendant");
  };
  const open = () => {
    options = rank(data, input.value);
    list.replaceChildren(
      ...options.map(({ node, alias }, i) =>
        h(
          "li",
          {
            role: "option",
            id: `${list.id}-${i}`,
            "aria-selected": "false",
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => choose(node),
          },
          swatch(colourOf(node)),
          h("span", { class: "name" }, node.label),
          h("span", { class: "quiet" }, [alias, node.category].filter(Boolean).join(" · ")),
          h("span", { class: "figure" }, number(node.size)),
        ),
      ),
    );
    if (input.value.trim() && !options.length) list.append(h("li", { class: "quiet", role: "option", "aria-disabled": "true" }, "No skill of this name"));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(options.length ? 0 : -1);
  };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.addEventListener("input", open);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (list.hidden) return;
      close();
      event.stopPropagation();
    } else if (event.key === "Enter" && options[active] && !list.hidden) choose(options[active].node);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      if (list.hidden) return open();
      mark((active + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length);
    }
  });
}
