package io.tcescope.engine.why;

/** How to record so that the questions this tool asks can be answered: commands to copy. */
public enum Recipe {
  QEMU(
      "qemu",
      "QEMU's own account: every TCE call it handles, window calls that succeed, hot-plug.",
      """
      # Add to the command line of qemu-system-ppc64; from the start, so that nothing is missed.
      # Drop spapr_iommu_xlate if the log grows too fast: it shows each device access.
      -trace 'spapr_iommu*' -trace 'spapr_drc*' -trace 'spapr_vio*' -trace 'spapr_pci*' \\
      -msg timestamp=on -D trace.log
      # With the binary backend (configure --enable-trace-backends=simple), file= on the last one:
      -trace 'spapr_iommu*' -trace 'spapr_drc*' -trace 'spapr_vio*,file=trace.bin'
      # On a running machine, from the monitor:
      trace-event spapr_iommu* on
      """),
  GUEST_FTRACE(
      "guest-ftrace",
      "The guest kernel's account: devices, allocations, and what the lists of indirect puts hold.",
      """
      # In the guest, as root; needs CONFIG_KPROBE_EVENTS.
      cd /sys/kernel/tracing
      echo 65536 > buffer_size_kb
      echo 'p:buildmulti tce_buildmulti_pSeriesLP tbl=%gpr3:x64 tcenum=%gpr4:u64 npages=%gpr5:u64 uaddr=%gpr6:x64 dir=%gpr7:u32' >> kprobe_events
      echo 'r:buildmulti_ret tce_buildmulti_pSeriesLP rc=$retval:s64' >> kprobe_events
      echo 'p:freemulti tce_freemulti_pSeriesLP tbl=%gpr3:x64 tcenum=%gpr4:u64 npages=%gpr5:u64' >> kprobe_events
      echo 'p:iommu_range_alloc iommu_range_alloc dev=%gpr3:x64 tbl=%gpr4:x64 npages=%gpr5:u64' >> kprobe_events
      echo 'r:iommu_range_alloc_ret iommu_range_alloc entry=$retval:s64' >> kprobe_events
      echo 1 > events/kprobes/enable
      echo 1 > events/powerpc/enable
      echo 1 > events/dma/enable 2>/dev/null    # Linux 6.12 and later
      echo 1 > tracing_on
      # ... reproduce the fault, then:
      cat trace > ftrace.txt; cat per_cpu/cpu*/stats > ftrace_stats.txt
      """),
  GUEST_BPFTRACE(
      "guest-bpftrace",
      "Every hypervisor call of the guest with all arguments and lists, as CSV that replays exactly.",
      """
      # In the guest, as root; prints the neutral CSV format, one row a completed call.
      bpftrace -e '
      BEGIN { printf("time_ns,cpu,task,call,liobn,ioba,tce,pages,list_address,ret\\n"); }
      rawtracepoint:hcall_entry /arg0 == 0x1c || arg0 == 0x20 || arg0 == 0x138 || arg0 == 0x13c/ {
        @op[tid] = arg0; @a0[tid] = *(uint64*)arg1; @a1[tid] = *(uint64*)(arg1 + 8);
        @a2[tid] = *(uint64*)(arg1 + 16); @a3[tid] = *(uint64*)(arg1 + 24);
      }
      rawtracepoint:hcall_exit /@op[tid] == 0x20/ {
        printf("%llu,%d,%s,H_PUT_TCE,0x%llx,0x%llx,0x%llx,,,%lld\\n",
          nsecs, cpu, comm, @a0[tid], @a1[tid], @a2[tid], (int64)arg1); delete(@op[tid]); }
      rawtracepoint:hcall_exit /@op[tid] == 0x138/ {
        printf("%llu,%d,%s,H_STUFF_TCE,0x%llx,0x%llx,0x%llx,%llu,,%lld\\n",
          nsecs, cpu, comm, @a0[tid], @a1[tid], @a2[tid], @a3[tid], (int64)arg1); delete(@op[tid]); }
      rawtracepoint:hcall_exit /@op[tid] == 0x13c/ {
        printf("%llu,%d,%s,H_PUT_TCE_INDIRECT,0x%llx,0x%llx,,%llu,0x%llx,%lld\\n",
          nsecs, cpu, comm, @a0[tid], @a1[tid], @a3[tid], @a2[tid], (int64)arg1); delete(@op[tid]); }
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
