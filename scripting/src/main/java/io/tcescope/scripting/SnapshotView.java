package io.tcescope.scripting;

import io.tcescope.engine.state.DmaWindow;
import io.tcescope.engine.state.IommuState;
import org.graalvm.polyglot.HostAccess.Export;
import org.jspecify.annotations.Nullable;

/** All tables at one moment, for the prelude; public for the same reason as {@link WindowView}. */
public final class SnapshotView {
  private final IommuState state;

  SnapshotView(IommuState state) {
    this.state = state;
  }

  IommuState state() {
    return state;
  }

  @Export
  public double ordinal() {
    return state.events();
  }

  @Export
  public Object[] windows() {
    return state.windows().stream().map(WindowView::new).toArray();
  }

  /** The open window of that LIOBN, null if there is none. */
  @Export
  public @Nullable WindowView window(String liobn) {
    DmaWindow window = state.window(Hex.parse(liobn));
    return window.isOpen() ? new WindowView(window) : null;
  }
}
