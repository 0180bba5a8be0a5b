// What a graph program in a browser does: parse GEXF, look at it, lay it out by force.
import Graph from 'graphology';
import { parse } from 'graphology-gexf/browser';
import forceAtlas2 from 'graphology-layout-forceatlas2';

/** Read the text of a GEXF file. */
export function read(text) {
  const graph = parse(Graph, text);
  const nodes = graph.mapNodes((id, attributes) => ({ id, ...attributes }));
  const edges = graph.mapEdges((_, attributes, source, target) => ({ source, target, ...attributes }));
  return { order: graph.order, size: graph.size, type: graph.type, nodes, edges };
}

/** Places after some steps of ForceAtlas2, as x and y. */
export function layOut(text, iterations) {
  const graph = parse(Graph, text);
  const settings = forceAtlas2.inferSettings(graph);
  const places = forceAtlas2(graph, { iterations, settings, getEdgeWeight: 'weight' });
  return Object.values(places).map(({ x, y }) => [x, y]);
}
