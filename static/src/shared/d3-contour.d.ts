declare module 'd3-contour' {
  interface Contour {
    value: number;
    coordinates: [number, number][][][];
  }
  interface Contours {
    (values: ArrayLike<number>): Contour[];
    size(size: [number, number]): Contours;
    thresholds(values: number[]): Contours;
  }
  export function contours(): Contours;
}

declare module 'd3-array' {
  export function blur2(
    grid: { data: Float64Array; width: number; height: number },
    radius: number,
  ): { data: Float64Array; width: number; height: number };
}
