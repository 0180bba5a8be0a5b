/**
 * Writes the names of what the frames mean on the map, and draws where images lie close.
 *
 * @typedef {import('../ui/explorer.js').Explorer} Explorer
 * @typedef {import('./frames.js').Frames} Frames
 * @typedef {import('../scene/marks.js').Marks} Marks
 */
import { groupOf } from '../ui/layout-groups.js';
import { hasIslands } from '../ui/clustering.js';
import { density } from './density.js';
import { regions } from './regions.js';

/** @param {Explorer} app @param {Frames} frames @param {Marks} marks */
export function showRegions(app, frames, marks) {
  const shown = (/** @type {number} */ row) => app.matching.has(row);
  const write = () => {
    const { places } = app.stage;
    const { meaning } = frames;
    const islands = hasIslands(app.layout) && Boolean(app.clusters?.clusters.length);
    const mapped = places && meaning?.labels && groupOf(app.layout) === 'maps';
    marks.show(islands, mapped ? regions(places.xy, /** @type {Int32Array} */ (meaning.labels), meaning.names, shown) : []);
  };
  const draw = () => {
    const { places } = app.stage;
    marks.showDensity(app.state.dense && places ? density(places, shown) : []);
  };
  app.listen((topics) => {
    if (topics.has('places') || topics.has('clusters') || topics.has('meaning')) write();
    if (topics.has('places') || topics.has('matches') || topics.has('colour')) draw();
  });
}
