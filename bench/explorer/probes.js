// Runs in every measured page before its own scripts: what the page asks of WebGL is counted.
(() => {
  const probe = { draws: 0, textures: 0, uploads: 0, first: 0, frames: [], changed: 0 };
  window.probe = probe;
  const gl = WebGL2RenderingContext.prototype;
  const after = (name, then) => {
    const own = gl[name];
    gl[name] = function (...given) {
      const answer = own.apply(this, given);
      then.call(this, given);
      return answer;
    };
  };
  const bytes = (format) => (format === 0x822f || format === 0x8230 ? 8 : 4);
  after('texStorage3D', ([, , format, width, height, depth]) => (probe.textures += width * height * depth * bytes(format)));
  after('texStorage2D', ([, , format, width, height]) => (probe.textures += width * height * bytes(format)));
  after('texSubImage3D', (given) => (probe.uploads += given.length > 10 ? 1 : 0));
  after('bufferSubData', () => (probe.waiting = true));
  for (const name of ['drawArraysInstanced', 'drawElements', 'drawArrays']) {
    after(name, () => {
      probe.draws++;
      const now = performance.now();
      if (!probe.first && probe.uploads) probe.first = now;
      if (probe.waiting) probe.changed = now;
      probe.waiting = false;
    });
  }
  let recording = false;
  probe.record = () => {
    probe.frames = [];
    recording = true;
    const frame = (now) => {
      probe.frames.push(now);
      if (recording) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  };
  probe.stop = () => {
    recording = false;
    return probe.frames.slice(1).map((time, at) => time - probe.frames[at]);
  };
  // Milliseconds until the first frame that shows what `act` changed on the card.
  probe.until = async (act) => {
    probe.changed = 0;
    const start = performance.now();
    act();
    while (!probe.changed && performance.now() - start < 20000) await new Promise((done) => setTimeout(done));
    return probe.changed - start;
  };
  // Milliseconds until the document under a node changed.
  probe.untilWritten = (selector, act) => new Promise((done) => {
    const start = performance.now();
    const watch = new MutationObserver(() => {
      watch.disconnect();
      requestAnimationFrame(() => done(performance.now() - start));
    });
    watch.observe(document.querySelector(selector), { subtree: true, childList: true, characterData: true, attributes: true });
    act();
  });
})();
