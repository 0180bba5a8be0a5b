/** An error whose message is meant for readers. */
export class Said extends Error {}
