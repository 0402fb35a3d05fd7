package io.tcescope.queries.language;

/** How much of an event a query looks at, from little to all. */
enum Depth {
  /** What stands in the record. */
  RECORD,
  /** What it did, too. */
  EFFECT,
  /** Where it began, too. */
  START,
  /** Which addresses and which window it meant, too. */
  MEANING;

  static Depth of(Query query) {
    return switch (query) {
      case Query.Everything _, Query.Text _, Query.Events _, Query.Lucene _ -> RECORD;
      case Query.Time _, Query.Window _ -> MEANING;
      case Query.All(var parts) -> most(parts);
      case Query.Any(var parts) -> most(parts);
      case Query.Not(var inner) -> of(inner);
      case Query.Exists(var field) -> of(field);
      case Query.Name(var field, var _) -> of(field);
      case Query.Range(var field, var _, var _) -> of(field);
    };
  }

  private static Depth most(Iterable<Query> parts) {
    Depth most = RECORD;
    for (Query part : parts) {
      Depth depth = of(part);
      most = depth.compareTo(most) > 0 ? depth : most;
    }
    return most;
  }

  private static Depth of(QueryField field) {
    return switch (field) {
      case CALL, KIND, NAME, DEVICE, TASK, TEXT -> RECORD;
      case LIOBN, IOBA_RECORDED, TCE, RET, CONFIG_ADDRESS, CPU, THREAD, EVENT, LINE -> RECORD;
      case START, SIZE, PAGE_SHIFT, PERM, ID -> RECORD;
      case EFFECT -> EFFECT;
      case IOBA -> START;
      case COVERS, PAGES, WINDOW, FINDING, BUID, PE, TIME, FILE, SAVED, LUCENE -> MEANING;
    };
  }
}
