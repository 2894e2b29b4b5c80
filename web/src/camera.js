// The camera of the stage: what it shows, and how it moves.

export const CLOSEST = 0.01; // its smallest ratio
export const FARTHEST = 4;
export const FAR_OUT = 1 / 400; // of the skills lie so far out that they would make all others small

export class Camera {
  constructor(sigma) {
    this.sigma = sigma;
    this.held = sigma.getCamera();
    this.inset = { right: 0, bottom: 0 }; // pixels of the stage that a panel covers
  }

  get ratio() {
    return this.held.ratio;
  }

  text() {
    const { x, y, ratio, angle } = this.held.getState();
    return [x, y, ratio, angle].map((value) => Number(value.toFixed(7))).join();
  }

  set(text) {
    const [x, y, ratio, angle] = text.split(",").map(Number);
    this.held.setState({ x, y, ratio, angle });
  }

  // The state that shows these places of the graph, no nearer than `closest`, clear of a panel. On a tall screen the map is turned.
  frame(places, closest, { right, bottom } = this.inset) {
    const { width, height } = this.sigma.getDimensions();
    const cameraState = { x: 0.5, y: 0.5, ratio: 1, angle: height > width * 1.1 ? Math.PI / 2 : 0 };
    const seen = places.map((place) => this.sigma.graphToViewport(place, { cameraState }));
    const { x: [left, far], y: [top, low] } = extent(seen, FAR_OUT);
    const edge = Math.min(130, width * 0.14); // for labels
    const [roomX, roomY] = [Math.max(120, width - right - edge), Math.max(120, height - bottom - 90)];
    const ratio = Math.min(FARTHEST, Math.max((far - left) / roomX, (low - top) / roomY, closest));
    const middle = { x: (left + far + right * ratio) / 2, y: (top + low + bottom * ratio) / 2 };
    return { ...cameraState, ...this.sigma.viewportToFramedGraph(middle, { cameraState }), ratio };
  }

  moveTo(state, duration) {
    if (duration && !matchMedia("(prefers-reduced-motion: reduce)").matches) this.held.animate(state, { duration });
    else this.held.setState(state);
  }

  zoom(factor) {
    this.held.animate({ ratio: this.ratio * factor }, { duration: 150 });
  }

  // `right` and `down` as the screen has them, in steps.
  step(right, down) {
    const { x, y, ratio, angle } = this.held.getState();
    const [dx, dy] = Math.abs(angle) > 1 ? [down, right] : [right, -down];
    this.held.setState({ x: x + 0.12 * ratio * dx, y: y + 0.12 * ratio * dy });
  }
}

// The least and greatest x and y of points, without that share of them that lies farthest out on each side.
export function extent(points, without = 0) {
  const cut = Math.floor(points.length * without);
  const range = (values) => (values.sort((a, b) => a - b), [values[cut], values[values.length - 1 - cut]]);
  return points.length ? { x: range(points.map(({ x }) => x)), y: range(points.map(({ y }) => y)) } : { x: [0, 1], y: [0, 1] };
}
