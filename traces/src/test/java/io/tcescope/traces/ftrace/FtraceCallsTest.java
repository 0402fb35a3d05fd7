package io.tcescope.traces.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcescope.traces.guest.Shown;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calls that a guest's kernel makes, put together from the records around them. */
final class FtraceCallsTest {
  @Test
  void the_end_of_a_call_has_its_status_and_the_arguments_of_the_function_that_made_it() {
    assertThat(
            calls(
                "buildmulti: (tce_buildmulti_pSeriesLP+0xc/0x390) tbl=0xc0000000040e4800 tcenum=2"
                    + " npages=2 uaddr=0xc000000002ed6000 dir=1 attrs=0x0",
                "hcall_entry: opcode=316",
                "hcall_exit: opcode=316 retval=0",
                "buildmulti_ret: (iommu_alloc+0xac/0x150 <- tce_buildmulti_pSeriesLP) rc=0"))
        .containsExactly(
            "ALLOC buildmulti pages=0x2 permission=0x1 real=0x2ed6000 number=0x2"
                + " table=0xc0000000040e4800",
            "PROBE hcall_entry id=0x13c",
            "HCALL hcall_exit pages=0x2 status=0 permission=0x1 id=0x13c real=0x2ed6000 number=0x2"
                + " table=0xc0000000040e4800",
            "PROBE buildmulti_ret");
  }

  @Test
  void a_table_whose_set_up_was_recorded_is_named_by_its_liobn_and_its_calls_are_whole() {
    assertThat(
            calls(
                "rtas_input: ibm,create-pe-dma-window arguments:"
                    + " {0x0,0x8000000,0x20000001,0x10,0x15}",
                "rtas_output: ibm,create-pe-dma-window status: 0, other outputs:"
                    + " {0x80000101,0x8000000,0x0}",
                "iommu_init_table: (iommu_init_table+0xc/0x300) tbl=0xc000000002226400 nid=-1"
                    + " it_size=0x20 it_w5=0x80000000000 it_w7=0x80000101",
                "freemulti: (tce_freemulti_pSeriesLP+0xc/0x170) tbl=0xc000000002226400"
                    + " tcenum=8796093022208 npages=32",
                "hcall_exit: opcode=312 retval=0",
                "buildmulti: (tce_buildmulti_pSeriesLP+0xc/0x390) tbl=0xc000000002226400"
                    + " tcenum=8796093022209 npages=2 uaddr=0xc000000002ed8000 dir=0",
                "hcall_exit: opcode=316 retval=0"))
        .contains(
            "CREATE_PE_DMA_WINDOW ibm,create-pe-dma-window liobn=0x80000101 status=0"
                + " buid=0x800000020000001 config=0x0 shift=0x10 entries=0x20"
                + " start=0x800000000000000 size=0x200000",
            "PROBE freemulti liobn=0x80000101 ioba=0x800000000000000 pages=0x20"
                + " number=0x80000000000 table=0xc000000002226400",
            "H_STUFF_TCE hcall_exit liobn=0x80000101 ioba=0x800000000000000 tce=0x0 pages=0x20"
                + " status=0 number=0x80000000000 table=0xc000000002226400",
            "H_PUT_TCE_INDIRECT hcall_exit liobn=0x80000101 ioba=0x800000000010000 pages=0x2"
                + " status=0 permission=0x3 real=0x2ed0000 number=0x80000000001"
                + " table=0xc000000002226400 list=2ed0003,2ee0003");
  }

  @Test
  void the_set_up_of_a_new_windows_table_tells_where_the_window_lies() {
    assertThat(
            calls(
                "rtas_call: (rtas_call+0xc/0x480) token=0x2027 nargs=5 nret=4 a0=0x0 a1=0x8000000"
                    + " a2=0x20000001 a3=0x10 a4=0x15 a5=0x1022562f",
                "rtas_call_ret: (iommu_bypass_supported_pSeriesLP+0x658/0x1034 <- rtas_call) rc=0",
                "iommu_init_table: (iommu_init_table+0xc/0x300) tbl=0xc000000002226400 nid=-1"
                    + " it_size=0x20 it_w5=0x80000000000 it_w7=0x80000101",
                "iommu_init_table: (iommu_init_table+0xc/0x300) tbl=0xc000000002226800 nid=-1"
                    + " it_size=0x40000 it_w5=0x0 it_w7=0x80000200"))
        .contains(
            "CREATE_PE_DMA_WINDOW ibm,create-pe-dma-window status=0 buid=0x800000020000001"
                + " config=0x0 shift=0x10 entries=0x20 size=0x200000",
            "PROBE iommu_init_table liobn=0x80000101 pages=0x20 buid=0x800000020000001 shift=0x10"
                + " start=0x800000000000000 table=0xc000000002226400",
            "PROBE iommu_init_table liobn=0x80000200 table=0xc000000002226800");
  }

  @Test
  void a_long_mapping_is_several_calls_of_512_pages() {
    List<String> calls =
        calls(
            "buildmulti: (tce_buildmulti_pSeriesLP+0xc/0x390) tbl=0xc0 tcenum=16 npages=600"
                + " uaddr=0xc000000002ed6000 dir=0",
            "hcall_exit: opcode=316 retval=0",
            "hcall_exit: opcode=316 retval=0",
            "hcall_exit: opcode=316 retval=0");
    assertThat(calls.get(1)).contains("pages=0x200").contains("number=0x10");
    assertThat(calls.get(2)).contains("pages=0x58").contains("number=0x210");
    assertThat(calls.get(3)).isEqualTo("HCALL hcall_exit status=0 id=0x13c");
  }

  @Test
  void a_probe_that_is_defined_anew_is_read_anew() {
    String probe = "freemulti: (tce_freemulti_pSeriesLP+0xc/0x170) tbl=0xa ";
    assertThat(
            calls(
                probe + "tcenum=1 other=7",
                probe + "tcenum=2 other=7",
                probe + "tcenum=3 npages=4",
                probe + "npages=5 tcenum=4 other=7"))
        .containsExactly(
            "FREE freemulti number=0x1 table=0xa",
            "FREE freemulti number=0x2 table=0xa",
            "FREE freemulti pages=0x4 number=0x3 table=0xa",
            "FREE freemulti pages=0x5 number=0x4 table=0xa");
  }

  @Test
  void a_call_that_fails_ends_its_function() {
    List<String> calls =
        calls(
            "buildmulti: (tce_buildmulti_pSeriesLP+0xc/0x390) tbl=0xc0 tcenum=16 npages=600"
                + " uaddr=0xc000000002ed6000 dir=0",
            "hcall_exit: opcode=316 retval=-4",
            "hcall_exit: opcode=316 retval=0");
    assertThat(calls.get(1)).contains("status=-4").contains("number=0x10");
    assertThat(calls.get(2)).isEqualTo("HCALL hcall_exit status=0 id=0x13c");
  }

  @Test
  void calls_of_two_threads_do_not_mix() {
    assertThat(
            Shown.calls(
                new FtraceFormat(),
                line(1, "freemulti: (tce_freemulti_pSeriesLP+0xc/0x170) tbl=0xa tcenum=1 npages=1")
                    + line(
                        2,
                        "freemulti: (tce_freemulti_pSeriesLP+0xc/0x170) tbl=0xb tcenum=2 npages=1")
                    + line(1, "hcall_exit: opcode=312 retval=0")
                    + line(2, "hcall_exit: opcode=312 retval=0")))
        .endsWith(
            "HCALL hcall_exit pages=0x1 status=0 id=0x138 number=0x1 table=0xa",
            "HCALL hcall_exit pages=0x1 status=0 id=0x138 number=0x2 table=0xb");
  }

  @Test
  void an_allocation_that_finds_no_room_is_a_failed_allocation() {
    assertThat(
            calls(
                "iommu_range_alloc: (iommu_range_alloc+0xc/0x4c0) dev=0xc1 tbl=0xc2 npages=16"
                    + " mask=0xfffffffffffff align=1",
                "iommu_range_alloc_ret: (iommu_alloc+0x5c/0x150 <- iommu_range_alloc) entry=-1"))
        .endsWith("ALLOC_FAILED iommu_range_alloc_ret pages=0x10 table=0xc2");
  }

  @Test
  void an_rtas_call_is_told_once_by_the_record_that_tells_most() {
    String block =
        "token=8230 nargs=3 nret=6 params: [0]=0x00000000 [1]=0x08000000 [2]=0x20000002"
            + " [3]=0x00000000 [4]=0x00000001 [5]=0x00000020 [6]=0x00000000 [7]=0x00000107"
            + " [8]=0x00000000 [9]=0x00000000";
    String query =
        "QUERY_PE_DMA_WINDOW ibm,query-pe-dma-window status=0 buid=0x800000020000002 config=0x0";
    String told = query + " available=0x1 block=0x2000000000 mask=0x107";
    String probe =
        "rtas_call: (rtas_call+0xc/0x4c0) token=0x2026 nargs=3 nret=6 a0=0x0 a1=0x8000000"
            + " a2=0x20000002 a3=0x2 a4=0xffffffff02145a68 a5=0x0";
    String input = "rtas_input: ibm,query-pe-dma-window arguments: {0x0,0x8000000,0x20000002}";
    String output =
        "rtas_output: ibm,query-pe-dma-window status: 0, other outputs: {0x1,0x20,0x0,0x107,0x0}";
    String left = "rtas_call_ret: (query_ddw+0x154/0x170 <- rtas_call) rc=0";
    assertThat(
            calls(probe, input, "rtas_ll_entry: " + block, "rtas_ll_exit: " + block, output, left))
        .filteredOn(call -> !call.startsWith("PROBE"))
        .containsExactly(told);
    assertThat(calls("rtas_ll_entry: " + block, "rtas_ll_exit: " + block)).endsWith(told);
    assertThat(calls(probe, left)).endsWith(query);
    assertThat(
            calls(
                "rtas_input: ibm,query-pe-dma-window arguments: 0 134217728 536870914",
                "rtas_output: ibm,query-pe-dma-window status: 0, other outputs: 1 32 0 263 0"))
        .endsWith(told);
  }

  @Test
  void rtas_calls_that_bear_on_windows_are_told_with_their_subject() {
    assertThat(
            calls(
                "rtas_input: ibm,set-eeh-option arguments: {0x800,0x8000000,0x20000001,0x3}",
                "rtas_output: ibm,set-eeh-option status: 0, other outputs: {}",
                "rtas_input: set-indicator arguments: {0x2329,0x40010008,0x0}",
                "rtas_output: set-indicator status: 0, other outputs: {}",
                "rtas_input: set-indicator arguments: {0x2329,0x40010008,0x1}",
                "rtas_output: set-indicator status: 0, other outputs: {}",
                "rtas_input: ibm,reset-pe-dma-window arguments: {0x800,0x8000000,0x20000001,0x1}",
                "rtas_output: ibm,reset-pe-dma-window status: -3, other outputs: {}",
                "rtas_input: ibm,suspend-me arguments: {}",
                "rtas_output: ibm,suspend-me status: 0, other outputs: {}"))
        .filteredOn(call -> !call.startsWith("PROBE"))
        .containsExactly(
            "RTAS ibm,set-eeh-option status=0 buid=0x800000020000001 config=0x800 id=0x3",
            "DRC_ISOLATED set-indicator status=0 id=0x40010008",
            "RTAS set-indicator status=0",
            "RESET_PE_DMA_WINDOW ibm,reset-pe-dma-window status=-3 buid=0x800000020000001"
                + " config=0x800 id=0x1",
            "SUSPEND ibm,suspend-me status=0");
  }

  @Test
  void kvm_tells_of_queues_and_of_entries_that_a_partner_copies() {
    assertThat(
            calls(
                "kvm_hcall_enter: VCPU 0: hcall=H_REG_CRQ GPR4-7=0x71000002,0x20000,0x1000,0x0",
                "kvm_hcall_exit: VCPU 0: ret=RESUME_HOST hcall_rc=H_TOO_HARD",
                "kvm_hcall_enter: VCPU 0: hcall=0x100 GPR4-7=0x71000002,0x0,0x0,0x0",
                "kvm_hcall_exit: VCPU 0: ret=RESUME_HOST hcall_rc=H_TOO_HARD",
                "kvm_hcall_enter: VCPU 0: hcall=0x10c GPR4-7=0x30000002,0x1000,0x30000003,0x2000",
                "kvm_hcall_exit: VCPU 0: ret=RESUME_GUEST hcall_rc=H_SUCCESS",
                "kvm_hcall_enter: VCPU 0: hcall=H_CEDE GPR4-7=0x0,0x0,0x0,0x0",
                "kvm_hcall_exit: VCPU 0: ret=RESUME_GUEST hcall_rc=H_PENDING"))
        .filteredOn(call -> !call.startsWith("PROBE"))
        .containsExactly(
            "VIO_REGISTER_CRQ kvm_hcall_exit ioba=0x20000 status=9999 id=0x71000002 size=0x1000"
                + " witness",
            "VIO_FREE_CRQ kvm_hcall_exit status=9999 id=0x71000002 witness",
            "H_PUT_RTCE kvm_hcall_exit liobn=0x30000002 ioba=0x1000 status=0",
            "HCALL kvm_hcall_exit status=17 id=0xe0");
  }

  @Test
  void a_call_that_kvm_handles_is_told_with_all_its_registers() {
    assertThat(
            calls(
                "kvm_hcall_enter: VCPU 0: hcall=H_PUT_TCE"
                    + " GPR4-7=0x80000000,0x10000,0x1234003,0x0",
                "kvm_hcall_exit: VCPU 0: ret=RESUME_GUEST hcall_rc=H_SUCCESS",
                "kvm_hcall_enter: VCPU 0: hcall=H_STUFF_TCE GPR4-7=0x80000000,0x10000,0x0,0x10",
                "kvm_hcall_exit: VCPU 0: ret=RESUME_HOST hcall_rc=H_TOO_HARD",
                "kvm_hcall_enter: VCPU 0: hcall=0xf000 GPR4-7=0x7e,0x0,0x0,0x0",
                "kvm_hcall_exit: VCPU 0: ret=RESUME_GUEST hcall_rc=0xfffffffffffffffc"))
        .containsExactly(
            "PROBE kvm_hcall_enter liobn=0x80000000 ioba=0x10000 pages=0x1 id=0x20",
            "H_PUT_TCE kvm_hcall_exit liobn=0x80000000 ioba=0x10000 tce=0x1234003 status=0",
            "PROBE kvm_hcall_enter liobn=0x80000000 ioba=0x10000 pages=0x10 id=0x138",
            "H_STUFF_TCE kvm_hcall_exit liobn=0x80000000 ioba=0x10000 tce=0x0 pages=0x10"
                + " status=9999 witness",
            "PROBE kvm_hcall_enter id=0xf000",
            "HCALL kvm_hcall_exit status=-4 id=0xf000");
  }

  @Test
  void a_driver_s_mapping_is_told_by_device_and_bus_address() {
    assertThat(
            calls(
                "dma_map_page: 0000:00:00.0 dir=TO_DEVICE dma_addr=800000004fd40f8 size=16"
                    + " phys_addr=4fd40f8 attrs=",
                "dma_alloc: 0000:00:00.0 dma_addr=10000 size=2048 virt_addr=000000005f1b8ff1"
                    + " flags=GFP_KERNEL|__GFP_ZERO attrs=",
                "dma_map_sg: 0003:00:00.0 dir=FROM_DEVICE nents=2/2 ents=1/1 dma_addrs={0xc080000}"
                    + " sizes={0x10000,0x24} phys_addrs={0x2460000,0x2461000} attrs=",
                "dma_unmap_page: 0000:00:00.0 dir=TO_DEVICE dma_addr=8000000029fe180 size=48"
                    + " attrs=",
                "dma_map_page: 0000:00:00.0 dir=TO_DEVICE dma_addr=ffffffffffffffff size=16"
                    + " phys_addr=10 attrs="))
        .containsExactly(
            "DMA_MAP dma_map_page ioba=0x800000004fd40f8 permission=0x1 size=0x10 real=0x4fd40f8"
                + " device=0000:00:00.0",
            "DMA_MAP dma_alloc ioba=0x10000 size=0x800 device=0000:00:00.0",
            "DMA_MAP dma_map_sg ioba=0xc080000 permission=0x2 size=0x10024 real=0x2460000"
                + " device=0003:00:00.0",
            "DMA_UNMAP dma_unmap_page ioba=0x8000000029fe180 permission=0x1 size=0x30"
                + " device=0000:00:00.0",
            "DMA_MAP dma_map_page permission=0x1 status=-1 size=0x10 real=0x10"
                    .replace("permission=0x1 status=-1", "status=-1 permission=0x1")
                + " device=0000:00:00.0");
  }

  private static List<String> calls(String... records) {
    StringBuilder text = new StringBuilder();
    for (String record : records) {
      text.append(line(1, record));
    }
    return Shown.calls(new FtraceFormat(), text.toString());
  }

  private static String line(int thread, String record) {
    return "            task-%-7d [000] d....     7.582134: %s%n".formatted(thread, record);
  }
}
