// Reads a graph file with one of the consumers and prints what it saw, as JSON: node consume.mjs CONSUMER FILE
import {readFileSync} from 'node:fs';

const [consumer, file] = process.argv.slice(2);
const text = readFileSync(file, 'utf-8');
const total = (values) => [...values].reduce((sum, value) => sum + Number(value), 0);

async function graphology() {
  const {default: Graph} = await import('graphology');
  const {DOMParser} = await import('@xmldom/xmldom');
  globalThis.DOMParser ??= DOMParser;
  const {parse} = (await import(consumer)).default;
  const graph = parse(Graph, text);
  const node = graph.getNodeAttributes('python');
  const edge = graph.getEdgeAttributes(graph.edge('aws', 'python'));
  return {
    nodes: graph.order, edges: graph.size, label: node.label, community: node.community, npmi: edge.npmi, backbone: edge.backbone,
    postings: total(graph.mapNodes((_, data) => data.postings)), counts: total(graph.mapEdges((_, data) => data.count)),
  };
}

async function cytoscape() {
  const {default: cytoscape} = await import('cytoscape');
  const graph = cytoscape({headless: true, layout: {name: 'preset'}, ...JSON.parse(text)});
  const edge = graph.$id('aws--python').data();
  const node = graph.$id('python');
  return {
    nodes: graph.nodes().length, edges: graph.edges().length, label: node.data('label'), community: node.data('community'),
    x: Math.round(node.position('x') * 10) / 10000, npmi: edge.npmi, backbone: edge.backbone,
    postings: total(graph.nodes().map((n) => n.data('postings'))), counts: total(graph.edges().map((e) => e.data('count'))),
  };
}

async function force() {
  const {forceLink, forceSimulation} = await import('d3-force');
  const {nodes, links} = JSON.parse(text);
  forceSimulation(nodes).force('link', forceLink(links).id((node) => node.id)).stop().tick(1);
  const edge = links.find((link) => link.source.id === 'aws' && link.target.id === 'python');
  const node = nodes.find((one) => one.id === 'python');
  if (!nodes.every((one) => Number.isFinite(one.x))) throw new Error('a node has no place');
  return {
    nodes: nodes.length, edges: links.length, label: node.label, community: node.community, npmi: edge.npmi,
    backbone: edge.backbone, postings: total(nodes.map((n) => n.postings)), counts: total(links.map((e) => e.count)),
  };
}

const read = {'graphology-gexf': graphology, 'graphology-graphml': graphology, cytoscape, 'd3-force': force}[consumer];
console.log(JSON.stringify(await read()));
