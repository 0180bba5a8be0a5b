interface Window {
  /** Opens the viewer; there once zoom.js is. */
  volvelleZoom?: (picture: { src: string; width: number; height: number; alt: string }) => void;
}
