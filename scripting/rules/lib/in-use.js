// What was live in a window when the guest decided to take it down: before the sweep that directly
// precedes the removal, if there is one.
const WRITERS_SHOWN = 8;

/** What is to be told of a window in use. */
export function describe(live, hex) {
  const data = {
    live: live.count,
    firstIoba: hex(live.first),
    lastIoba: hex(live.last),
    permissions: live.perms,
    writers: live.writers,
  };
  if (live.writers > 0) {
    data.firstWriter = live.firstWriter.id;
    data.lastWriter = live.lastWriter.id;
  }
  if (live.unknown > 0) data.unknown = live.unknown;
  return data;
}

/** The events that wrote the live entries: the first few, and the last. */
export function witnesses(live) {
  const steps = live.sample.map((entry) => ({
    event: entry.mappedBy,
    note: "wrote entries that were still live",
  }));
  if (live.writers > WRITERS_SHOWN) {
    steps.push({
      event: live.lastWriter,
      note: `the last of ${live.writers} writers of live entries`,
    });
  }
  return steps;
}

/** The live entries of a window before its teardown sweep. */
export function inUse(window) {
  return window.beforeSweep().live({ limit: WRITERS_SHOWN });
}

export function confidenceOf(live) {
  return live.observed ? "certain" : "inferred";
}
