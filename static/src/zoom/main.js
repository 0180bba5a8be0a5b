/** The script that the image page fetches when a picture is opened. */
import { Look } from './look.js';

window.volvelleZoom = (picture) => {
  new Look(picture).open();
};
