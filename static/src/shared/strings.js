/** What the explorer says, in one place, so that another language is another table. */

/** @type {Record<string, string>} `{name}` is replaced; `.one` and `.other` are picked by `n`. */
const ENGLISH = {
  'search.label': 'Search titles, sources and descriptions',
  'search.placeholder': 'Search',
  'search.clear': 'Clear the search',
  'search.reading': 'Reading the descriptions',
  'search.none': 'No image has all these words. Try fewer, or the beginning of one.',
  'search.partial': 'The descriptions could not be read: only titles, sources and dates are searched.',
  'search.count.one': '{n} image',
  'search.count.other': '{n} images',
  'search.enter': 'Enter shows them on the map',
  'search.more': 'and {n} more on the map',
  'layout.group': 'Layout',
  'layout.map': 'Map',
  'layout.grid': 'Grid',
  'layout.clusters': 'Clusters',
  'layout.timeline': 'Timeline',
  'layout.tsne': 't-SNE',
  'layout.pca': 'PCA',
  'layout.more': 'Other layouts',
  'layout.group.maps': 'By likeness',
  'layout.group.grids': 'On a grid',
  'layout.group.clusters': 'Clusters',
  'layout.group.facts': 'By what is known',
  'layout.sorted': 'Sorted: {name}',
  'layout.failed': 'This layout could not be read. The last one stays; try again in a moment.',
  'view.group': 'View',
  'filters.title': 'Filters',
  'filters.open': 'Filters',
  'filters.close': 'Close the filters',
  'filters.clear': 'Clear all',
  'filters.hide': 'Hide the others',
  'filters.numbers': 'Numbers on images',
  'filters.missing': 'not stated',
  'filters.all': 'Show all {n}',
  'filters.fewer': 'Show fewer',
  'filters.years': 'Years',
  'filters.from': 'From year',
  'filters.to': 'To year',
  'filters.matching.one': '{n} image of {total}',
  'filters.matching.other': '{n} images of {total}',
  'filters.none': 'No image fits all of this. Take one condition away.',
  'chip.remove': 'Remove {name}',
  'chip.search': 'Search: {query}',
  'clusters.title': 'Clusters',
  'clusters.overview': 'All clusters and their distances',
  'sort.title': 'In rows by a number',
  'sort.none': 'Not sorted',
  'sort.unknown': 'not measured',
  'torn.title': 'How true this layout is',
  'torn.mark': 'Mark images torn from their relatives',
  'torn.said': 'Marked are those of which at most two of ten nearest relatives lie among their ten nearest here.',
  'torn.unknown': 'For this layout it was not measured.',
  'torn.chip': 'Torn from their relatives',
  'cluster.name': 'Cluster {number}',
  'panel.label': 'The chosen image',
  'panel.close': 'Close',
  'panel.larger': 'Make the sheet larger',
  'panel.smaller': 'Make the sheet smaller',
  'panel.previous': 'Previous image',
  'panel.next': 'Next image',
  'panel.open': 'Open its page',
  'panel.position': '{n} of {total}',
  'panel.cluster': 'Cluster {number}',
  'panel.show': 'Show on the map',
  'panel.hide': 'Stop showing on the map',
  'panel.failed': 'The details of this image could not be read. Its page may still open.',
  'panel.details': 'Details',
  'relatives.title': 'Nearest relatives',
  'relatives.all': 'All',
  'relatives.others': 'In other sources',
  'relatives.scope': 'Which relatives',
  'relatives.share': 'The share is of random pairs: {score} is nearer than {share} of them.',
  'relatives.mutual': 'Mutual relatives: each is among the nearest of the other.',
  'relatives.views': 'Which views have it in their lists, in the order {views}.',
  'relatives.chance': 'From here on none is nearer than chance allows: unrelated images are expected to be as near.',
  'relatives.onlychance': 'None is nearer than chance allows: unrelated images are expected to be as near.',
  'relatives.lay': 'Lay turned ones the same way',
  'mark.mutual': 'mutual',
  'mark.share': 'nearer than {share} of random pairs',
  'mark.both': 'found by both views',
  'mark.all': 'found by all {count} views',
  'mark.also': 'also by {views}',
  'turn.1': 'turned\u00a090°',
  'turn.2': 'turned\u00a0180°',
  'turn.3': 'turned\u00a0270°',
  'turn.4': 'mirrored',
  'turn.5': 'mirrored, turned\u00a090°',
  'turn.6': 'mirrored, turned\u00a0180°',
  'turn.7': 'mirrored, turned\u00a0270°',
  'relatives.none': 'This image has no relatives: it is alone in the catalogue.',
  'zoom.in': 'Zoom in',
  'zoom.out': 'Zoom out',
  'zoom.whole': 'Show the whole',
  'help.title': 'Help',
  'help.open': 'Help',
  'help.close': 'Close the help',
  'help.bare': 'The controls are put away. Press H to bring them back.',
  'help.back': 'Bring the controls back',
  'map.label': 'Map of {n} images. Press Enter to begin at the middle, arrow keys to go from image to image, Enter to open one.',
  'map.none': 'nothing lies further in this direction',
  'say.image': '{title}, {place}{row} of {total}',
  'say.matches.one': '{n} image matches',
  'say.matches.other': '{n} images match',
  'say.layout': 'Layout: {name}',
  'say.clusters': 'Clusters: {name}',
  'say.view': 'View: {name}',
  'say.closed': 'Closed',
  'skip.list': 'Skip to the list of images',
  'plain.webgl': 'This browser cannot draw the map (WebGL 2 is missing or switched off), so the images are listed here.',
  'plain.data': 'The map’s data could not be read, so the images are listed here. {reason}',
  'plain.version': 'The map’s data is of another format than this page, so the images are listed here. Build the site anew.',
};

const plural = new Intl.PluralRules('en');
const number = new Intl.NumberFormat('en');

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values] for `{name}`; with `n`, the plural form is picked
 * @returns {string}
 */
export function t(key, values = {}) {
  const form = typeof values.n === 'number' ? `${key}.${plural.select(values.n)}` : key;
  const text = ENGLISH[form] ?? ENGLISH[`${key}.other`] ?? ENGLISH[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === 'number' ? number.format(value) : (value ?? '');
  });
}

/** @param {string} key @returns {boolean} whether the key has words of its own */
export function known(key) {
  return key in ENGLISH;
}

/** @param {number} score 0-1 @returns {string} two digits, with a true minus sign */
export function score(score) {
  return score.toFixed(2).replace('-', '\u2212');
}
