// A scene (see Stage.scene) on a canvas, as PNG and as SVG. One description, so that all three look alike.

const NS = "http://www.w3.org/2000/svg";

export function paint(pen, scene, font) {
  for (const { veil, lines, discs } of scene.layers) {
    if (veil) {
      pen.globalAlpha = veil;
      pen.fillStyle = scene.back;
      pen.fillRect(0, 0, scene.width, scene.height);
      pen.globalAlpha = 1;
    }
    for (const line of lines) {
      pen.strokeStyle = line.stroke;
      pen.lineWidth = line.width;
      pen.beginPath();
      pen.moveTo(line.x1, line.y1);
      pen.lineTo(line.x2, line.y2);
      pen.stroke();
    }
    for (const { x, y, r, fill, ring } of discs) {
      pen.beginPath();
      pen.arc(x, y, r, 0, 2 * Math.PI);
      pen.fillStyle = fill;
      pen.fill();
      if (ring) {
        pen.strokeStyle = scene.ink;
        pen.lineWidth = 2;
        pen.stroke();
      }
    }
  }
  pen.textBaseline = "alphabetic";
  pen.lineJoin = "round";
  for (const label of scene.labels) {
    pen.font = `${label.strong ? 600 : 500} ${label.size}px ${font}`;
    const base = label.top + label.size * 0.93;
    pen.strokeStyle = scene.back;
    pen.lineWidth = 3.5;
    pen.strokeText(label.text, label.left, base);
    pen.fillStyle = scene.ink;
    pen.fillText(label.text, label.left, base);
  }
  for (const { colour, text, x, y } of scene.legend ?? []) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.arc(x, y, 5, 0, 2 * Math.PI);
    pen.fill();
    pen.font = `500 12px ${font}`;
    pen.strokeStyle = scene.back;
    pen.lineWidth = 3.5;
    pen.strokeText(text, x + 12, y + 4);
    pen.fillStyle = scene.ink;
    pen.fillText(text, x + 12, y + 4);
  }
}

export function toPng(scene, font, scale = 2) {
  const canvas = document.createElement("canvas");
  canvas.width = scene.width * scale;
  canvas.height = scene.height * scale;
  const pen = canvas.getContext("2d", { willReadFrequently: true }); // drawn by the processor: several times as fast where there is no GPU
  pen.scale(scale, scale);
  pen.fillStyle = scene.back;
  pen.fillRect(0, 0, scene.width, scene.height);
  paint(pen, scene, font);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

export function toSvg(scene, font, title) {
  const made = (tag, attributes, text) => {
    const element = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(attributes))
      element.setAttribute(name, typeof value === "number" ? String(Number(value.toFixed(2))) : value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const { width, height } = scene;
  const root = made("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img" });
  root.append(made("title", {}, title), made("rect", { width, height, fill: scene.back }));
  for (const { veil, lines, discs } of scene.layers) {
    if (veil) root.append(made("rect", { width, height, fill: scene.back, "fill-opacity": veil }));
    const links = made("g", { fill: "none" });
    for (const { x1, y1, x2, y2, width: w, stroke } of lines) links.append(made("line", { x1, y1, x2, y2, stroke, "stroke-width": w }));
    const nodes = made("g", {});
    for (const { x, y, r, fill, ring } of discs)
      nodes.append(made("circle", { cx: x, cy: y, r, fill, ...(ring && { stroke: scene.ink, "stroke-width": 2 }) }));
    root.append(links, nodes);
  }
  const words = made("g", {
    "font-family": font, fill: scene.ink, stroke: scene.back, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke",
  });
  for (const { left, top, size, text, strong } of scene.labels)
    words.append(made("text", { x: left, y: top + size * 0.93, "font-size": size, "font-weight": strong ? 600 : 500 }, text));
  for (const { colour, text, x, y } of scene.legend ?? []) {
    root.append(made("circle", { cx: x, cy: y, r: 5, fill: colour }));
    words.append(made("text", { x: x + 12, y: y + 4, "font-size": 12, "font-weight": 500 }, text));
  }
  root.append(words);
  return new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
}

export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
