package io.tcescope.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A debugger that speaks the protocol of Chrome's developer tools, as text. */
final class Inspector implements WebSocket.Listener {
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final int mostSeconds;
  private final BlockingQueue<String> arriving = new LinkedBlockingQueue<>();
  private final List<String> told = new ArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private int asked;

  /** Attaches to a program; nothing is waited for longer than those seconds. */
  Inspector(URI address, int mostSeconds) throws Exception {
    this.mostSeconds = mostSeconds;
    this.socket =
        client.newWebSocketBuilder().buildAsync(address, this).get(mostSeconds, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      arriving.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedStage(null);
  }

  /** Asks for something, and waits for the answer. */
  String ask(String method, String parameters) throws Exception {
    asked++;
    String message =
        "{\"id\":%d,\"method\":\"%s\",\"params\":{%s}}".formatted(asked, method, parameters);
    assertThat(socket.sendText(message, true).get(mostSeconds, TimeUnit.SECONDS)).isNotNull();
    return await(".*\"id\":" + asked + "\\b.*").group();
  }

  /** Waits for the first message in which something is found, and finds it. */
  Matcher await(String pattern) throws InterruptedException {
    Pattern wanted = Pattern.compile(pattern);
    for (int i = 0; ; i++) {
      if (i == told.size()) {
        String message = arriving.poll(mostSeconds, TimeUnit.SECONDS);
        told.add(assertArrived(message, pattern));
      }
      Matcher found = wanted.matcher(told.get(i));
      if (found.find()) {
        return found;
      }
    }
  }

  private String assertArrived(@Nullable String message, String pattern) {
    assertThat(message).as("a message with %s behind %s", pattern, told).isNotNull();
    return String.valueOf(message);
  }

  /** Goes, whatever the other side does. */
  void leave() {
    client.shutdownNow();
  }
}
