package io.tcescope.queries.index;

import io.tcescope.engine.state.Mapping;
import io.tcescope.engine.state.Role;
import io.tcescope.queries.timeline.Lane;
import io.tcescope.queries.timeline.LanePart;
import io.tcescope.queries.timeline.Lanes;
import io.tcescope.queries.timeline.Moment;
import io.tcescope.queries.timeline.Upheaval;
import java.io.IOException;
import java.util.List;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;

/** Windows as lanes as bytes. */
final class LaneCodec {
  private LaneCodec() {}

  static void moment(Moment moment, DataOutput out) throws IOException {
    out.writeVLong(moment.event());
    out.writeVLong(moment.line());
    out.writeZLong(moment.time());
    out.writeVInt(moment.timeDigits());
    out.writeVInt(moment.file());
  }

  static Moment moment(DataInput in) throws IOException {
    return new Moment(in.readVLong(), in.readVLong(), in.readZLong(), in.readVInt(), in.readVInt());
  }

  /** The axis, without the lanes. */
  static void axis(Lanes lanes, DataOutput out) throws IOException {
    out.writeByte((byte) (lanes.timed() ? 1 : 0));
    out.writeZLong(lanes.origin());
    out.writeVLong(lanes.width());
    out.writeVLong(lanes.length());
    Packed.list(lanes.firstEvents(), out, (value, to) -> to.writeVLong(value));
    Packed.list(lanes.losses(), out, (value, to) -> to.writeVLong(value));
    Packed.list(lanes.upheavals(), out, LaneCodec::upheaval);
  }

  static Lanes axis(DataInput in, List<Lane> lanes) throws IOException {
    return new Lanes(
        in.readByte() != 0,
        in.readZLong(),
        in.readVLong(),
        in.readVLong(),
        Packed.list(in, DataInput::readVLong),
        Packed.list(in, DataInput::readVLong),
        Packed.list(in, LaneCodec::upheaval),
        lanes);
  }

  private static void upheaval(Upheaval upheaval, DataOutput out) throws IOException {
    out.writeString(upheaval.kind().name());
    out.writeVLong(upheaval.event());
  }

  private static Upheaval upheaval(DataInput in) throws IOException {
    return new Upheaval(Upheaval.Kind.valueOf(in.readString()), in.readVLong());
  }

  static void write(Lane lane, DataOutput out) throws IOException {
    out.writeZLong(lane.liobn());
    out.writeVInt(lane.generation());
    out.writeZLong(lane.buid());
    out.writeString(lane.role().name());
    out.writeString(lane.mapping().name());
    out.writeByte((byte) (lane.placed() ? 1 : 0));
    out.writeZLong(lane.start());
    out.writeVInt(lane.pageShift());
    out.writeZLong(lane.entries());
    out.writeVLong(lane.peak());
    out.writeVLong(lane.live());
    out.writeVLong(lane.unknown());
    out.writeVLong(lane.openedBy());
    moment(lane.opened(), out);
    moment(lane.closed(), out);
    Packed.list(lane.sweeps(), out, LaneCodec::moment);
    Packed.list(lane.parts(), out, LaneCodec::part);
  }

  static Lane read(DataInput in) throws IOException {
    return new Lane(
        in.readZLong(),
        in.readVInt(),
        in.readZLong(),
        Role.valueOf(in.readString()),
        Mapping.valueOf(in.readString()),
        in.readByte() != 0,
        in.readZLong(),
        in.readVInt(),
        in.readZLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        moment(in),
        moment(in),
        Packed.list(in, LaneCodec::moment),
        Packed.list(in, LaneCodec::part));
  }

  private static void part(LanePart part, DataOutput out) throws IOException {
    out.writeVInt(part.number());
    out.writeVLong(part.live());
    out.writeVLong(part.peak());
    out.writeVLong(part.mapped());
    out.writeVLong(part.cleared());
    out.writeVLong(part.refused());
    out.writeVLong(part.faults());
    out.writeByte((byte) (part.swept() ? 1 : 0));
  }

  private static LanePart part(DataInput in) throws IOException {
    return new LanePart(
        in.readVInt(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readVLong(),
        in.readByte() != 0);
  }
}
