package io.tcescope.engine.state;

import static io.tcescope.engine.state.Replayed.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.engine.Calls;
import io.tcescope.engine.event.Tce;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveEntriesTest {
  private static final int SHOWN = 3;

  /** What a look at each entry shows. */
  private static final class Looked {
    final Map<Long, Long> pages = new TreeMap<>();
    final Map<Long, Long> iobas = new TreeMap<>();
    long count;
    long first;
    long last;
    long permissions;
    boolean anyObserved;

    static Looked at(DmaWindow window) {
      Looked looked = new Looked();
      window.visit(
          (first, count, value, step, mark) -> {
            for (long i = 0; i < count && !Mark.isUnknown(mark); i++) {
              if (Tce.isMapped(value + i * step)) {
                looked.entry(window.iobaOf(first + i), value + i * step, mark);
              }
            }
          });
      return looked;
    }

    private void entry(long ioba, long tce, long mark) {
      first = count++ == 0 ? ioba : first;
      last = ioba;
      permissions |= 1L << Tce.permission(tce);
      anyObserved |= Mark.isObserved(mark);
      if (Mark.writer(mark) > 0) {
        pages.merge(Mark.writer(mark), 1L, Long::sum);
        iobas.putIfAbsent(Mark.writer(mark), ioba);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void tellWhatALookAtEachEntryShows(long seed) {
    for (DmaWindow window : account(Platform.QEMU, Calls.random(seed, 2000)).windows()) {
      Looked looked = Looked.at(window);
      LiveEntries live = LiveEntries.of(window, SHOWN);
      assertThat(live.count()).as("seed %d", seed).isEqualTo(looked.count);
      if (looked.count > 0) {
        assertThat(live.firstIoba()).as("seed %d", seed).isEqualTo(looked.first);
        assertThat(live.lastIoba()).as("seed %d", seed).isEqualTo(looked.last);
      }
      assertThat(live.permissions()).as("seed %d", seed).isEqualTo((int) looked.permissions);
      assertThat(live.anyObserved()).as("seed %d", seed).isEqualTo(looked.anyObserved);
      assertThat(live.writers()).as("seed %d", seed).isEqualTo(looked.pages.size());
      assertThat(live.firstWriters().stream().map(LiveEntries.Written::writer))
          .as("seed %d", seed)
          .containsExactlyElementsOf(looked.pages.keySet().stream().limit(SHOWN).toList());
      for (LiveEntries.Written written : live.firstWriters()) {
        assertThat(written.pages()).isEqualTo(looked.pages.get(written.writer()));
        assertThat(written.ioba()).isEqualTo(looked.iobas.get(written.writer()));
      }
    }
  }
}
