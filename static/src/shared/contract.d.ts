/** The shapes of the site's JSON, as the explorer reads them. */

export interface Facet {
  key: string;
  label: string;
  values: string[];
  /** Per row the number of its value, -1 if missing. */
  index: number[];
}

export interface ClusteringInfo {
  /** Its name in addresses. */
  key: string;
  name: string;
  label: string;
  method: string;
  clusters: number;
}

export interface ViewInfo {
  name: string;
  label: string;
  layouts: string[];
  /** Of the layouts, for readers. */
  labels?: string[];
  clusters: number;
  /** The main one first. */
  clusterings?: ClusteringInfo[];
  /** What the number of a relative is, in a sentence. */
  number: string;
  /** Of the file that search by example reads; null where there is none. */
  vectors?: { numbers: number; bytes: number; overlap: number } | null;
  /** Whether pairs of images are laid over each other in this view. */
  alignments?: boolean;
}

/** Two images laid over each other by the build; a and b are rows. */
export interface AlignmentEntry {
  a: number;
  b: number;
  model: string;
  /** Nine numbers, row by row: pixels of the original of a -> pixels of the original of b. */
  matrix: number[];
  orientation: number;
  inliers: number;
  /** Share of the side. */
  residual: number;
  overlap: number;
  log10_nfa: number;
  accepted: boolean;
  /** Who laid them by hand; missing where the build did. */
  by?: string;
}

export interface AtlasLevel {
  cell: number;
  columns: number;
  pages: number;
}

export interface AtlasInfo {
  page: number;
  levels: AtlasLevel[];
  slots: number[];
}

export interface Catalogue {
  format: number;
  title: string;
  description: string;
  language: string;
  version: string;
  credit?: {
    authors: string[];
    licence: string;
    site_url: string;
    /** Path of the manifest of an image below the site, with `{id}` in it; missing where there are none. */
    iiif?: string;
  };
  /** Rows of images without a display copy on the site. */
  closed?: { restricted: number[]; withheld: number[]; hosted?: number[] };
  /** Each credit line once, and per row the number of its own, -1 if it has none. */
  credits?: { texts: string[]; index: number[] };
  count: number;
  ids: string[];
  titles: string[];
  sources: string[];
  dates: string[];
  years: ([number, number] | null)[];
  width: number[];
  height: number[];
  /** Mean colours as 0xRRGGBB. */
  colour: number[];
  facets: Facet[];
  views: ViewInfo[];
  /** Numbers on images; the values stand in a file of their own. */
  numbers?: NumberInfo[];
  atlas: AtlasInfo;
}

export interface NumberInfo {
  name: string;
  label: string;
  unit: string;
  meaning: string;
}

export interface NumberColumn extends NumberInfo {
  /** By row; null where unknown. */
  values: (number | null)[];
}

/** A word on a layout; level 0 is always shown, higher ones where there is room. */
export interface Mark {
  x: number;
  y: number;
  text: string;
  level: number;
}

export interface LayoutFile {
  format: number;
  view: string;
  layout: string;
  kind: 'positions' | 'grid';
  ids: string[];
  x: number[];
  y: number[];
  /** Side of the square that an image has to itself, in the unit of x and y. */
  size: number;
  label?: string;
  note?: string;
  marks?: Mark[];
  /** Outlines below the images. */
  lines?: [number, number][][];
  /** By row, the share of its ten true neighbours that are among its ten nearest here. */
  faithful?: number[];
}

export interface Cluster {
  number: number;
  name: string;
  size: number;
  medoid: string;
}

export interface ClustersFile {
  format: number;
  view: string;
  ids: string[];
  /** Per row the number of its cluster (from 1), or -1. */
  label: number[];
  clusters: Cluster[];
}

export interface Neighbour {
  id: string;
  score: number;
  mutual: boolean | number;
  /** 0-7: mirrored if 4 or more, then turned with the clock by 90° times the rest. */
  orientation: number;
  /** Share of random pairs that are less alike; missing where it was not measured. */
  percentile?: number;
  /** How many unrelated images may be expected to be as near; missing where not measured. */
  chance?: number;
}

export interface ItemView {
  cluster: number | null;
  cluster_name: string;
  positions: Record<string, [number, number]>;
  neighbours: { all: Neighbour[]; others: Neighbour[] };
}

export interface Item {
  format: number;
  id: string;
  row: number;
  title: string;
  source: string;
  date: { text: string; first: number; last: number } | null;
  fields: Record<string, string>;
  width: number;
  height: number;
  image: string;
  thumb: string;
  notes: string[];
  views: Record<string, ItemView>;
  previous: string | null;
  next: string | null;
}

export interface SearchFile {
  format: number;
  text: string[];
}

/** A rectangle in CSS pixels or in the unit of a layout. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What the address after # says; every part may be missing. */
export interface State {
  view: string;
  layout: string;
  /** The chosen image, "" for none. */
  id: string;
  query: string;
  /** Chosen values by facet key; "" stands for a missing value. */
  filters: Record<string, string[]>;
  /** The clustering that is chosen, by its key; "" for the main one. */
  group: string;
  /** A cluster that is lit, 0 for none. */
  cluster: number;
  years: [number, number] | null;
  /** Whether images are marked that lie far from their relatives. */
  torn: boolean;
  /** Whether images that do not match are taken away instead of dimmed. */
  hide: boolean;
  /** Centre in the unit of the layout, and zoom where 1 shows the whole; null for the whole. */
  camera: { x: number; y: number; z: number } | null;
  /** Rows that are selected, ascending. */
  selected: number[];
  /** Rows that others are ranked by, with weights from -100 (less like) to 100 (more like), never 0. */
  examples: [number, number][];
  /** What numbers on images must be, by the number's name. */
  numbers: Record<string, NumberRange>;
  /** Whether images without a date pass the years, or, without years, are all that passes. */
  undated: boolean;
  /** What the frames say: "" nothing, `cluster`, `f.<facet>` or `n.<number>`. */
  colour: string;
  /** The number that says how large images are, "" for none. */
  sized: string;
  /** Whether lines show where images lie close. */
  dense: boolean;
  /** Lines join relatives whose score is at least this; null for no lines. */
  edges: number | null;
  /** The view whose map stands beside this one's, "" for none. */
  beside: string;
  /** How the landscape is turned and tilted, in degrees; null as it is at first. */
  orbit: [number, number] | null;
  /** Whether the camera wanders from relative to relative. */
  wander: boolean;
  /** Row of the image that is unexpectedly related to the chosen one, -1 for none. */
  odd: number;
}

export interface NumberRange {
  /** Both ends belong to it; null where the number does not matter. */
  range: [number, number] | null;
  /** Whether images pass that have no such number. */
  missing: boolean;
}
