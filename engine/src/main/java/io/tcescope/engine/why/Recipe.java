package io.tcescope.engine.why;

/** How to record so that the questions this tool asks can be answered: commands to copy. */
public enum Recipe {
  QEMU(
      "qemu",
      "QEMU's own account: every TCE call it handles, window calls that succeed, hot-plug.",
      """
      # Add to the command line of qemu-system-ppc64; from the start, so that nothing is missed.
      # Leave out spapr_iommu_xlate if the log grows too fast: it shows each device access.
      -trace 'spapr_iommu*' -trace 'spapr_drc*' -trace 'spapr_vio*' -trace 'spapr_pci*' \\
      -msg timestamp=on -D trace.log
      # -trace enable=-spapr_iommu_xlate      behind the others, leaves the accesses out
      # With the binary backend (configure --enable-trace-backends=simple), file= on the last one:
      # -trace 'spapr_vio*,file=trace.bin'
      # On a running machine, from the monitor; what the tables hold by then stays unknown:
      # trace-event spapr_iommu* on
      # The true size of every table, at any moment, from the monitor (the guest stops; cont goes on):
      # migrate "exec:cat >/dev/null"
      """),
  GUEST_FTRACE(
      "guest-ftrace",
      "The guest kernel's account: devices, allocations, and what the lists of indirect puts hold.",
      """
      # In the guest, as root; needs CONFIG_KPROBE_EVENTS. A function that this kernel has not, or
      # has inlined, is skipped.
      cd /sys/kernel/tracing
      echo 65536 > buffer_size_kb
      probe() { echo "$1" >> kprobe_events 2>/dev/null || echo "skipped: $1"; }
      probe 'p:tce/buildmulti tce_buildmulti_pSeriesLP tbl=%gpr3:x64 tcenum=%gpr4:s64 npages=%gpr5:s64 uaddr=%gpr6:x64 dir=%gpr7:s32'
      probe 'r:tce/buildmulti_ret tce_buildmulti_pSeriesLP rc=$retval:s32'
      probe 'p:tce/freemulti tce_freemulti_pSeriesLP tbl=%gpr3:x64 tcenum=%gpr4:s64 npages=%gpr5:s64'
      probe 'p:tce/free tce_free_pSeriesLP liobn=%gpr3:x64 tcenum=%gpr4:s64 tceshift=%gpr5:s64 npages=%gpr6:s64'
      probe 'p:tce/iommu_range_alloc iommu_range_alloc dev=%gpr3:x64 tbl=%gpr4:x64 npages=%gpr5:u64'
      probe 'r:tce/iommu_range_alloc_ret iommu_range_alloc entry=$retval:s64'
      probe 'p:tce/__iommu_free __iommu_free tbl=%gpr3:x64 dma=%gpr4:x64 npages=%gpr5:u64'
      probe 'p:tce/iommu_init_table iommu_init_table tbl=%gpr3:x64 it_size=+8(%gpr3):x64 it_w5=+40(%gpr3):x64 it_w7=+56(%gpr3):x64'
      probe 'p:tce/rtas_call rtas_call token=%gpr3:x32 nargs=%gpr4:s32 nret=%gpr5:s32 a0=%gpr7:x32 a1=%gpr8:x32 a2=%gpr9:x32 a3=%gpr10:x32 a4=+96(%gpr1):x64'
      probe 'r:tce/rtas_call_ret rtas_call rc=$retval:s32'
      echo 1 > events/tce/enable
      echo 1 > events/powerpc/enable
      echo 1 > events/dma/enable 2>/dev/null    # Linux 6.12 and later
      echo 1 > tracing_on
      # ... reproduce the fault, then:
      cat trace > ftrace.txt; cat per_cpu/cpu*/stats > ftrace_stats.txt
      """),
  GUEST_BPFTRACE(
      "guest-bpftrace",
      "Every TCE call of the guest with all arguments and lists, as CSV; window calls: see dmesg.",
      """
      # In the guest, as root (Linux 5.3 or later); prints the neutral CSV format, one row a completed
      # call. Every value of a list is read: a list of consecutive pages, as Linux writes them, is
      # shown by its ends, any other by its values; of more than 8 such values none is shown, and
      # @lists_left_out says at the end how often. The three lines with << swap bytes: a big-endian
      # guest must do without them.
      BPFTRACE_MAP_KEYS_MAX=65536 bpftrace -e '
      BEGIN { printf("time_ns,cpu,task,call,liobn,ioba,tce,pages,list_address,list,ret\\n"); }
      rawtracepoint:hcall_entry /arg0 == 0x20 || arg0 == 0x138 || arg0 == 0x13c/ {
        @op[tid] = arg0; @liobn[tid] = *(uint64*)arg1; @ioba[tid] = *(uint64*)(arg1 + 8);
        @third[tid] = *(uint64*)(arg1 + 16); @count[tid] = *(uint64*)(arg1 + 24);
      }
      rawtracepoint:hcall_entry /arg0 == 0x13c/ {
        $at = *(uint64*)(arg1 + 16) + 0xc000000000000000; $n = *(uint64*)(arg1 + 24);
        $i = (uint64)0; $first = (uint64)0; $step = (uint64)0; $value = (uint64)0;
        $odd = (uint64)0;
        while ($i < 512) {
          if ($i >= $n) { break; }
          $value = *(uint64*)($at + 8 * $i);
          $value = ($value & 0xff00ff00ff00ff) << 8 | ($value >> 8) & 0xff00ff00ff00ff;
          $value = ($value & 0xffff0000ffff) << 16 | ($value >> 16) & 0xffff0000ffff;
          $value = $value << 32 | $value >> 32;
          if ($i == 0) { $first = $value; }
          if ($i == 1) { $step = $value - $first; }
          if ($i > 0 && ($step == 0 || $value != $first + $i * $step)) { $odd = 1; }
          if ($i < 8) { @list[tid, $i] = $value; }
          $i = $i + 1;
        }
        @first[tid] = $first; @last[tid] = $value; @step[tid] = $step;
        @shape[tid] = $odd == 0 ? 0 : ($n <= 8 ? 1 : 2);
      }
      rawtracepoint:hcall_exit /@op[tid] == 0x20/ {
        printf("%llu,%d,%s,H_PUT_TCE,0x%llx,0x%llx,0x%llx,,,,%lld\\n",
          nsecs, cpu, comm, @liobn[tid], @ioba[tid], @third[tid], (int64)arg1); delete(@op[tid]); }
      rawtracepoint:hcall_exit /@op[tid] == 0x138/ {
        printf("%llu,%d,%s,H_STUFF_TCE,0x%llx,0x%llx,0x%llx,%llu,,,%lld\\n", nsecs, cpu, comm,
          @liobn[tid], @ioba[tid], @third[tid], @count[tid], (int64)arg1); delete(@op[tid]); }
      rawtracepoint:hcall_exit /@op[tid] == 0x13c && @shape[tid] == 0/ {
        printf("%llu,%d,%s,H_PUT_TCE_INDIRECT,0x%llx,0x%llx,,%llu,0x%llx,0x%llx..0x%llx/0x%llx,%lld\\n",
          nsecs, cpu, comm, @liobn[tid], @ioba[tid], @count[tid], @third[tid], @first[tid],
          @last[tid], @step[tid], (int64)arg1); delete(@op[tid]); }
      rawtracepoint:hcall_exit /@op[tid] == 0x13c && @shape[tid] == 1/ {
        $n = @count[tid];
        printf("%llu,%d,%s,H_PUT_TCE_INDIRECT,0x%llx,0x%llx,,%llu,0x%llx,0x%llx \
      0x%llx 0x%llx*%d 0x%llx*%d 0x%llx*%d 0x%llx*%d 0x%llx*%d 0x%llx*%d,%lld\\n",
          nsecs, cpu, comm, @liobn[tid], @ioba[tid], $n, @third[tid], @list[tid, 0], @list[tid, 1],
          @list[tid, 2], $n > 2, @list[tid, 3], $n > 3, @list[tid, 4], $n > 4, @list[tid, 5], $n > 5,
          @list[tid, 6], $n > 6, @list[tid, 7], $n > 7, (int64)arg1); delete(@op[tid]); }
      rawtracepoint:hcall_exit /@op[tid] == 0x13c && @shape[tid] == 2/ {
        printf("%llu,%d,%s,H_PUT_TCE_INDIRECT,0x%llx,0x%llx,,%llu,0x%llx,,%lld\\n", nsecs, cpu, comm,
          @liobn[tid], @ioba[tid], @count[tid], @third[tid], (int64)arg1); delete(@op[tid]);
        @lists_left_out = count(); }
      END { clear(@op); clear(@liobn); clear(@ioba); clear(@third); clear(@count); clear(@list);
        clear(@first); clear(@last); clear(@step); clear(@shape); }
      ' > calls.csv
      """),
  KVM(
      "kvm",
      "Calls that KVM handles in the host kernel and QEMU never sees.",
      """
      # On the host, as root, beside QEMU's own trace; join both with --together.
      trace-cmd record -e kvm_hv:kvm_hcall_enter -e kvm_hv:kvm_hcall_exit -o kvm.dat
      """),
  DMESG(
      "dmesg",
      "What the guest's kernel says: window calls that fail, allocations that fail, EEH.",
      """
      # Kernel command line of the guest: all messages of the window code, and room for them.
      dyndbg="file arch/powerpc/platforms/pseries/iommu.c +p" log_buf_len=4M
      # After the fault:
      dmesg > dmesg.txt
      """);

  private final String id;
  private final String purpose;
  private final String commands;

  Recipe(String id, String purpose, String commands) {
    this.id = id;
    this.purpose = purpose;
    this.commands = commands;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }

  /** What the recording will tell. */
  public String purpose() {
    return purpose;
  }

  /** The commands, with comments. */
  public String commands() {
    return commands;
  }
}
