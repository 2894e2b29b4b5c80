// The stage: sigma draws every node and link with WebGL; a canvas above it draws labels and what is in focus, so that pointing
// at a skill never redraws thirty thousand links.
import Graph from "graphology";
import Sigma from "sigma";
import { CLOSEST, Camera, FARTHEST, FAR_OUT, extent } from "./camera.js";
import { BACK, INK, lineColour, mix } from "./colours.js";
import { place } from "./labels.js";
import { paint } from "./picture.js";
import { other } from "./data.js";
import { spread } from "./spread.js";

const SMALLEST = 2.2; // radius in pixels of the screen below
const LARGEST = 13;
const PIXELS_PER_LABEL = 6500;
const SCREEN = [900, 680]; // for which discs are moved apart: a link shows the same picture on any screen
const GROWTH = [0.6, 1.3]; // of discs on smaller and larger screens
const AIR = 2.5; // pixels between discs
const REACH = 6; // pixels from the middle of a disc that still point at it
const LINKS_THAT_MOVE = 6000;
const FOCUS_LINKS = 30; // of the skill pointed at or chosen, its strongest

export class Stage {
  // `covers` are elements that lie above the stage: no label is put below them. `choose(id or "")` is called when a skill, or
  // nothing, is clicked.
  constructor(container, overlay, covers, data, choose) {
    Object.assign(this, { container, overlay, covers, data, hovered: null, emphasis: null });
    this.home = { ratio: 1, growth: 1 }; // of the camera when all that is shown fits, and of discs then
    this.pen = overlay.getContext("2d");
    this.widths = new Map();
    this.graph = new Graph({ type: "undirected" });
    for (const node of data.nodes) this.graph.addNode(node.id, { x: node.x, y: node.y, size: 1, hidden: true, color: "#888888" });
    this.sigma = new Sigma(this.graph, container, {
      allowInvalidContainer: true, // while the table is shown, the stage has no size
      renderLabels: false,
      defaultDrawNodeHover: () => {},
      zIndex: true,
      minCameraRatio: CLOSEST,
      maxCameraRatio: FARTHEST,
      stagePadding: 24,
      minEdgeThickness: 0.6,
      zoomToSizeRatioFunction: (ratio) => 1 / this.scale(ratio),
    });
    this.camera = new Camera(this.sigma);
    this.sigma.setCustomBBox(extent(data.nodes));
    this.sigma.refresh(); // from here on it turns places of the graph into pixels
    // As sigma does it, pointing waits until the picture is drawn, to read back a pixel: a tenth of a second where there is no GPU.
    this.sigma.getNodeAtPosition = (place) => this.nodeAt(place);
    this.sigma.on("resize", () => this.found && this.comeHome());
    this.sigma.on("afterRender", () => this.drawOver());
    this.sigma.on("enterNode", ({ node }) => this.hover(data.byId.get(node).index));
    this.sigma.on("leaveNode", () => this.hover(null));
    this.sigma.on("clickNode", ({ node }) => choose(node));
    this.sigma.on("clickStage", () => choose(""));
    container.addEventListener("keydown", (event) => this.key(event));
  }

  // Show what was filtered, in these colours.
  show(found, colours, theme) {
    const { data, graph } = this;
    Object.assign(this, { found, colours, theme });
    this.visible = data.nodes.map((_, i) => i).filter((i) => found.shown[i]).sort((a, b) => found.size[b] - found.size[a] || a - b);
    const most = Math.max(1, found.size[this.visible[0]] ?? 0);
    this.radius = found.size.map((n) => SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(Math.min(1, Math.max(n, 0) / most)));
    this.colour = data.nodes.map((node) => colours.of(node));
    const places = this.places();
    this.comeHome();
    // While the map moves, so many links would make it stutter.
    this.sigma.setSetting("hideEdgesOnMove", found.edges.length > LINKS_THAT_MOVE);
    graph.updateEachNodeAttributes((id, attributes) => {
      const { index } = data.byId.get(id);
      return {
        ...attributes,
        x: places.xs[index],
        y: places.ys[index],
        size: this.radius[index],
        color: this.colour[index],
        hidden: !found.shown[index],
        zIndex: -this.radius[index], // small ones above large ones
      };
    });
    graph.clearEdges();
    const last = found.edges.length - 1;
    for (let rank = last; rank >= 0; rank--) {
      const e = found.edges[rank];
      const line = this.line(e, 1 - rank / Math.max(1, last));
      graph.addEdge(data.nodes[data.edges.u[e]].id, data.nodes[data.edges.v[e]].id, line);
    }
    this.sigma.refresh();
  }

  // Where nodes stand: as the graph says, moved apart where discs that are shown would overlap when all of them fit a screen.
  places() {
    const { data, found } = this;
    const same = this.placed?.radius.every((r, i) => r === this.radius[i]) && this.placed.shown.every((is, i) => is === found.shown[i]);
    if (same) return this.placed;
    const [xs, ys] = [data.nodes.map((node) => node.x), data.nodes.map((node) => node.y)];
    const shown = this.visible.map((i) => data.nodes[i]);
    const { x, y } = extent(this.linked().map((i) => data.nodes[i]), FAR_OUT);
    const unit = Math.max((x[1] - x[0]) / SCREEN[0], (y[1] - y[0]) / SCREEN[1], 1e-9); // of the graph, for a pixel of that screen
    const [px, py] = [shown.map((node) => node.x), shown.map((node) => node.y)];
    spread(px, py, shown.map((node) => (this.radius[node.index] + AIR / 2) * unit));
    shown.forEach(({ index }, i) => ([xs[index], ys[index]] = [px[i], py[i]]));
    return (this.placed = { xs, ys, unit, radius: this.radius, shown: found.shown });
  }

  line(e, strength) {
    const { u, v } = this.data.edges;
    return { size: 0.6 + 1.3 * strength, color: lineColour(this.colour[u[e]], this.colour[v[e]], strength, this.theme) };
  }

  hover(index) {
    this.hovered = index;
    this.container.style.cursor = index === null ? "grab" : "pointer";
    this.drawOver();
  }

  // What stands out until further notice: null, or { nodes: [index], edges: [e] }; the first nodes matter most.
  emphasise(emphasis) {
    this.emphasis = emphasis;
    this.drawOver();
  }

  // A skill with its strongest links by the chosen measure, whether or not the filters show them.
  focusOn(index, measure, shownOnly) {
    const { data, found } = this;
    const mine = new Set(data.around[index]);
    const edges = [];
    for (const e of data.order(measure)) {
      if (!mine.has(e) || (shownOnly && !found.shown[other(data, e, index)])) continue;
      edges.push(e);
      if (edges.length === FOCUS_LINKS) break;
    }
    return { nodes: [index, ...edges.map((e) => other(data, e, index))], edges };
  }

  // Where nodes stand in the graph.
  placesOf(indices) {
    return indices.map((i) => ({ x: this.placed.xs[i], y: this.placed.ys[i] }));
  }

  // Where a node stands on the stage, in pixels.
  at(index) {
    return this.sigma.graphToViewport({ x: this.placed.xs[index], y: this.placed.ys[index] });
  }

  // The id of the node at a place of the stage, or null. Small discs are hit from a little way off, for fingers.
  nodeAt({ x, y }) {
    if (!this.found) return null;
    const scale = this.scale();
    let [hit, nearest] = [null, 1];
    for (const i of new Set([...this.visible, ...(this.emphasis?.nodes ?? [])])) {
      const place = this.at(i);
      const away = Math.hypot(place.x - x, place.y - y) / Math.max(REACH, this.radius[i] * scale);
      if (away < nearest) [hit, nearest] = [i, away];
    }
    return hit === null ? null : this.data.nodes[hit].id;
  }

  // By what radii are multiplied: zooming makes room faster than it makes discs larger.
  scale(ratio = this.camera.ratio) {
    return this.home.growth * Math.sqrt(this.home.ratio / ratio);
  }

  // Everything on the stage as plain shapes, in pixels of the stage: for the canvas above it, and for PNG and SVG.
  scene(withAll) {
    const { width, height } = this.sigma.getDimensions();
    const { data, found } = this;
    const focus = this.hovered === null ? this.emphasis : this.focusOn(this.hovered, this.measure, true);
    const scale = this.scale();
    const disc = (i) => ({ ...this.at(i), r: this.radius[i] * scale, fill: this.colour[i] });
    const isNear = ({ x, y, r }) => x > -r && y > -r && x < width + r && y < height + r;
    const scene = { width, height, back: BACK[this.theme], ink: INK[this.theme], layers: [] };
    const nodes = [];
    for (const i of this.visible) {
      const one = disc(i);
      if (isNear(one)) nodes.push({ ...one, index: i });
    }
    if (withAll) {
      const last = found.edges.length - 1;
      const lines = found.edges.map((e, rank) => this.stroke(e, this.line(e, 1 - rank / Math.max(1, last)), scale)).reverse();
      scene.layers.push({ lines, discs: nodes, veil: 0 });
    }
    if (focus) {
      const strong = focus.edges.map((e, rank) => this.stroke(e, { size: 2 - rank / focus.edges.length, color: this.strong(e) }, 1));
      const discs = focus.nodes.map((i, rank) => ({ ...disc(i), index: i, ring: rank === 0 || Boolean(focus.chain) }));
      for (const one of discs) one.r = Math.max(one.r, one.ring ? 6 : 3.5);
      scene.layers.push({ veil: 0.84, lines: strong.reverse(), discs: [...discs].reverse() });
      scene.labels = this.labels(discs, width, height, discs.length);
    } else scene.labels = this.labels(nodes, width, height, Math.max(12, (width * height) / PIXELS_PER_LABEL));
    return scene;
  }

  strong(e) {
    const { u, v } = this.data.edges;
    const [a, b] = [this.colour[u[e]], this.colour[v[e]]];
    return mix(BACK[this.theme], a === b ? a : mix(a, b, 0.5), 0.75);
  }

  stroke(e, { size, color }, scale) {
    const [a, b] = [this.at(this.data.edges.u[e]), this.at(this.data.edges.v[e])];
    return { x1: a.x, y1: a.y, x2: b.x, y2: b.y, width: Math.max(0.6, size * scale), stroke: color };
  }

  labels(discs, width, height, most) {
    const items = discs.map((one) => {
      const size = Math.min(19, Math.max(11, 9.5 + one.r * 0.55));
      return { x: one.x, y: one.y, r: one.r, size, text: this.data.nodes[one.index].label, strong: one.ring || one.r > 9 };
    });
    const { right, bottom } = this.camera.inset;
    const measure = (text, size) => this.textWidth(text) * size;
    return place(items, { width: width - right, height: height - bottom, most, measure, kept: this.covers.map((element) => this.boxOf(element)) });
  }

  // Where an element of the page stands on the stage.
  boxOf(element) {
    const { x, y } = this.container.getBoundingClientRect();
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left: left - x, top: top - y, right: right - x, bottom: bottom - y };
  }

  textWidth(text) {
    let width = this.widths.get(text);
    if (width === undefined) {
      this.pen.font = `600 100px ${this.font}`;
      this.widths.set(text, (width = this.pen.measureText(text).width / 100));
    }
    return width;
  }

  // A text, cut where it is wider than so many pixels.
  shorten(text, size, most) {
    let length = text.length;
    const cut = () => (length < text.length ? `${text.slice(0, length)}…` : text);
    while (length && this.textWidth(cut()) * size > most) length -= 1;
    return cut();
  }

  drawOver() {
    if (!this.found) return;
    const { width, height } = this.sigma.getDimensions();
    const ratio = window.devicePixelRatio || 1;
    if (this.overlay.width !== Math.round(width * ratio) || this.overlay.height !== Math.round(height * ratio)) {
      this.overlay.width = Math.round(width * ratio);
      this.overlay.height = Math.round(height * ratio);
    }
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.clearRect(0, 0, width, height);
    paint(this.pen, this.scene(false), this.font);
  }

  // Move the camera so that these nodes (all that are shown) are in sight; `closest` is a share of the way that all are seen from.
  fit({ indices = this.linked(), animate = true, closest = 0.15 } = {}) {
    if (indices.length) this.camera.moveTo(this.camera.frame(this.placesOf(indices), closest * this.home.ratio), animate && 350);
  }

  // What is shown, without skills that have no link: they stand far out.
  linked() {
    const { data, found } = this;
    return this.visible.filter((i) => data.around[i].length || found.number < 3);
  }

  // Sizes hold for the camera that shows all; a small screen has smaller discs, so that they cover each other on none.
  comeHome() {
    const indices = this.linked();
    if (!indices.length) return;
    const cameraState = this.camera.frame(this.placesOf(indices), CLOSEST, { right: 0, bottom: 0 });
    const [a, b] = [{ x: 0, y: 0 }, { x: 1, y: 0 }].map((point) => this.sigma.graphToViewport(point, { cameraState }));
    const growth = Math.hypot(a.x - b.x, a.y - b.y) * this.placed.unit;
    this.home = { ratio: cameraState.ratio, growth: Math.min(GROWTH[1], Math.max(GROWTH[0], growth)) };
  }

  key(event) {
    const { camera } = this;
    const keys = {
      ArrowLeft: () => camera.step(-1, 0),
      ArrowRight: () => camera.step(1, 0),
      ArrowUp: () => camera.step(0, -1),
      ArrowDown: () => camera.step(0, 1),
      "+": () => camera.zoom(1 / 1.4),
      "=": () => camera.zoom(1 / 1.4),
      "-": () => camera.zoom(1.4),
      0: () => this.fit(),
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }
}
