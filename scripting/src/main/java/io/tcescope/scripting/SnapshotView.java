package io.tcescope.scripting;

import io.tcescope.engine.event.Hex;
import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import org.graalvm.polyglot.HostAccess.Export;
import org.jspecify.annotations.Nullable;

/** All tables at one moment, for the prelude; public for the same reason as {@link WindowView}. */
public final class SnapshotView {
  private final StateAfter moment;

  SnapshotView(TimeTravel travel, long ordinal) {
    this.moment = new StateAfter(travel, ordinal);
  }

  IommuState state() {
    return moment.state();
  }

  @Export
  public double ordinal() {
    return state().events();
  }

  @Export
  public Object[] windows() {
    return state().windows().stream().map(window -> new WindowView(moment, window)).toArray();
  }

  /** The open window of that LIOBN, null if there is none. */
  @Export
  public @Nullable WindowView window(String liobn) {
    DmaWindow window = state().window(Hex.parse(liobn));
    return window.isOpen() ? new WindowView(moment, window) : null;
  }
}
