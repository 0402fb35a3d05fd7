package io.tcescope.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCacheTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void eachRecordingHasAPlaceOfItsOwnInTheUsersCacheDirectory() throws IOException {
    Path a = Files.createFile(folder.resolve("a.log"));
    Path b = Files.createFile(folder.resolve("b.log"));
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString());
    Path place = IndexCache.of(a, environment, "/home/u").orElseThrow().directory();
    assertThat(place.toString()).startsWith(folder.resolve("cache/tcescope/cases/v").toString());
    assertThat(IndexCache.of(b, environment, "/home/u").orElseThrow().directory())
        .isNotEqualTo(place);
    assertThat(IndexCache.of(a, Map.of(), "/home/u").orElseThrow().directory().toString())
        .startsWith("/home/u/.cache/tcescope/cases/v");
    assertThat(IndexCache.of(a, Map.of(), "")).isEmpty();
    assertThat(IndexCache.of(Path.of("-"), environment, "")).isEmpty();
  }

  @Test
  void onlyTheSecondSearchOfARecordingIsWorthAnIndex() throws IOException {
    Path a = Files.createFile(folder.resolve("a.log"));
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", folder.toString());
    IndexCache cache = IndexCache.of(a, environment, "").orElseThrow();
    assertThat(cache.noteSearch()).isFalse();
    assertThat(cache.noteSearch()).isTrue();
  }
}
