package io.tcescope.queries.index;

import io.tcescope.engine.event.TraceHealth;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/** What a reader met, as bytes. */
final class HealthCodec {
  private HealthCodec() {}

  static void write(TraceHealth health, DataOutput out) throws IOException {
    out.writeVLong(health.events());
    out.writeVLong(health.lines());
    out.writeVLong(health.lost());
    out.writeByte((byte) (health.lostUnknown() ? 1 : 0));
    out.writeByte((byte) (health.isDamaged() ? 1 : 0));
    Packed.list(List.copyOf(health.records().entrySet()), out, HealthCodec::records);
    Packed.list(List.copyOf(health.skipped().entrySet()), out, HealthCodec::skipped);
    Packed.list(health.remarks(), out, (remark, to) -> to.writeString(remark));
  }

  private static void records(Map.Entry<String, TraceHealth.Records> records, DataOutput out)
      throws IOException {
    out.writeString(records.getKey());
    out.writeVLong(records.getValue().count());
    out.writeVLong(records.getValue().failed());
  }

  private static void skipped(Map.Entry<String, TraceHealth.Skipped> skipped, DataOutput out)
      throws IOException {
    out.writeString(skipped.getKey());
    out.writeVLong(skipped.getValue().count());
    Packed.list(skipped.getValue().first(), out, HealthCodec::place);
  }

  private static void place(TraceHealth.Place place, DataOutput out) throws IOException {
    out.writeString(place.file());
    out.writeVLong(place.line());
    out.writeString(place.detail());
  }

  static TraceHealth read(DataInput in) throws IOException {
    TraceHealth health = new TraceHealth();
    health.progressed(in.readVLong(), in.readVLong());
    health.lost(in.readVLong());
    if (in.readByte() != 0) {
      health.lost(-1);
    }
    boolean damaged = in.readByte() != 0;
    for (int i = in.readVInt(); i > 0; i--) {
      health.records(in.readString(), in.readVLong(), in.readVLong());
    }
    for (int i = in.readVInt(); i > 0; i--) {
      String reason = in.readString();
      long count = in.readVLong();
      List<TraceHealth.Place> places =
          Packed.list(
              in,
              input ->
                  new TraceHealth.Place(input.readString(), input.readVLong(), input.readString()));
      health.add(reason, new TraceHealth.Skipped(count, places), damaged);
    }
    for (int i = in.readVInt(); i > 0; i--) {
      health.remark(in.readString());
    }
    return health;
  }
}
