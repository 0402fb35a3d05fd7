package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.EventKind;
import io.tcescope.traces.text.FormatString;
import org.jspecify.annotations.Nullable;

/**
 * The trace events of QEMU's pSeries machine, by name, and what their text holds (QEMU {@code
 * hw/ppc/trace-events}).
 */
public enum QemuEvent {
  PUT("spapr_iommu_put", EventKind.H_PUT_TCE, EventTexts.PUT),
  PCI_PUT("spapr_iommu_pci_put", EventKind.H_PUT_TCE, EventTexts.PUT),
  GET("spapr_iommu_get", EventKind.H_GET_TCE, EventTexts.GET),
  PCI_GET("spapr_iommu_pci_get", EventKind.H_GET_TCE, EventTexts.GET),
  STUFF("spapr_iommu_stuff", EventKind.H_STUFF_TCE, EventTexts.STUFF),
  PCI_STUFF("spapr_iommu_pci_stuff", EventKind.H_STUFF_TCE, EventTexts.STUFF),
  INDIRECT("spapr_iommu_indirect", EventKind.H_PUT_TCE_INDIRECT, EventTexts.INDIRECT),
  PCI_INDIRECT("spapr_iommu_pci_indirect", EventKind.H_PUT_TCE_INDIRECT, EventTexts.INDIRECT),
  XLATE("spapr_iommu_xlate", EventKind.DMA, " liobn=%x %x -> %x perm=%d mask=%x"),
  NEW_TABLE("spapr_iommu_new_table", EventKind.NEW_TABLE, " liobn=%x[ tcet=%p] table=%p fd=%d"),
  PRE_SAVE("spapr_iommu_pre_save", EventKind.PRE_SAVE, " liobn=%h %h bus_offset=%x ps=%d"),
  POST_LOAD("spapr_iommu_post_load", EventKind.POST_LOAD, " liobn=%h %h => %x bus_offset=%x ps=%d"),
  DDW_QUERY(
      "spapr_iommu_ddw_query",
      EventKind.QUERY_PE_DMA_WINDOW,
      " buid=%x addr=%x, %d windows available, max window size=%x, mask=%x"),
  DDW_CREATE(
      "spapr_iommu_ddw_create",
      EventKind.CREATE_PE_DMA_WINDOW,
      " buid=%x addr=%x, page size=%x, requested=%x, start addr=%x, liobn=%x"),
  DDW_REMOVE("spapr_iommu_ddw_remove", EventKind.REMOVE_PE_DMA_WINDOW, " liobn=%x"),
  DDW_RESET("spapr_iommu_ddw_reset", EventKind.RESET_PE_DMA_WINDOW, " buid=%x addr=%x"),
  MSI("spapr_pci_msi", EventKind.INTERRUPT, "* %s (cfg=%x)"),
  MSI_SETUP("spapr_pci_msi_setup", EventKind.INTERRUPT, "* dev\"%s\" vector %d, addr=%x"),
  MSI_WRITE("spapr_pci_msi_write", EventKind.INTERRUPT, "* @%x<=%x IRQ %d"),
  MSI_RETRY(
      "spapr_pci_msi_retry", EventKind.INTERRUPT, "* Guest device at %x asked %d, have only %d"),
  CHANGE_MSI(
      "spapr_pci_rtas_ibm_change_msi",
      EventKind.INTERRUPT,
      "* cfgaddr %x func %d, requested %d, first irq %d"),
  QUERY_INTERRUPT(
      "spapr_pci_rtas_ibm_query_interrupt_source_number",
      EventKind.INTERRUPT,
      "* queries for #%d, IRQ%d"),
  LSI_SET("spapr_pci_lsi_set", EventKind.INTERRUPT, "* %s PIN%d IRQ %d"),
  DRC_ATTACH("spapr_drc_attach", EventKind.DRC_ATTACH, EventTexts.CONNECTOR),
  DRC_UNPLUG_REQUEST(
      "spapr_drc_unplug_request", EventKind.DRC_UNPLUG_REQUEST, EventTexts.CONNECTOR),
  DRC_UNREALIZE("spapr_drc_unrealize", EventKind.DRC_UNREALIZE, EventTexts.CONNECTOR),
  DRC_RESET("spapr_drc_reset", EventKind.DRC_RESET, EventTexts.CONNECTOR),
  DRC_DETACH("spapr_drc_detach", EventKind.DRC, EventTexts.CONNECTOR),
  DRC_REALIZE("spapr_drc_realize", EventKind.DRC, EventTexts.CONNECTOR),
  DRC_REALIZE_CHILD("spapr_drc_realize_child", EventKind.DRC, " drc: %x*, child name: %s"),
  DRC_REALIZE_COMPLETE("spapr_drc_realize_complete", EventKind.DRC, EventTexts.CONNECTOR),
  DRC_ISOLATION("spapr_drc_set_isolation_state", EventKind.DRC, " drc: %x[, state: %x]*"),
  DRC_ISOLATING("spapr_drc_set_isolation_state_finalizing", EventKind.DRC, EventTexts.CONNECTOR),
  DRC_ISOLATION_DEFERRED(
      "spapr_drc_set_isolation_state_deferring", EventKind.DRC, EventTexts.CONNECTOR),
  DRC_ALLOCATION("spapr_drc_set_allocation_state", EventKind.DRC, " drc: %x*[, state: %x]"),
  DRC_ALLOCATING("spapr_drc_set_allocation_state_finalizing", EventKind.DRC, EventTexts.CONNECTOR),
  DRC_CONFIGURED("spapr_drc_set_configured", EventKind.DRC, EventTexts.CONNECTOR),
  DRC_INDICATOR("spapr_drc_set_dr_indicator", EventKind.DRC, " drc: %x*[, state: %x]"),
  DRC_INDICATOR_OLD("spapr_drc_set_indicator_state", EventKind.DRC, " drc: %x*[, state: %x]"),
  DRC_AWAITING("spapr_drc_awaiting_quiesce", EventKind.DRC, EventTexts.CONNECTOR),
  VIO_REG_CRQ(
      "spapr_vio_h_reg_crq", EventKind.VIO_REGISTER_CRQ, " CRQ for dev %x registered at %x/%x"),
  VIO_FREE_CRQ("spapr_vio_free_crq", EventKind.VIO_FREE_CRQ, " CRQ for dev %x freed"),
  VFIO_CREATE("vfio_spapr_create_window", EventKind.PROBE, EventTexts.ANYTHING),
  VFIO_REMOVE("vfio_spapr_remove_window", EventKind.PROBE, EventTexts.ANYTHING),
  VFIO_ATTACH("vfio_spapr_group_attach", EventKind.PROBE, EventTexts.ANYTHING),
  VFIO_REGISTER("vfio_prereg_register", EventKind.PROBE, EventTexts.ANYTHING),
  VFIO_UNREGISTER("vfio_prereg_unregister", EventKind.PROBE, EventTexts.ANYTHING),
  VFIO_NOTIFY("vfio_iommu_map_notify", EventKind.PROBE, EventTexts.ANYTHING);

  private static final QemuEvent[] ALL = values();

  private final String recordedName;
  private final EventKind kind;

  @SuppressWarnings("ImmutableEnumChecker") // it keeps its array to itself
  private final FormatString payload;

  QemuEvent(String recordedName, EventKind kind, String format) {
    this(recordedName, kind, FormatString.of(format));
  }

  QemuEvent(String recordedName, EventKind kind, FormatString payload) {
    this.recordedName = recordedName;
    this.kind = kind;
    this.payload = payload;
  }

  /** The name in QEMU's sources and recordings. */
  public String recordedName() {
    return recordedName;
  }

  public EventKind kind() {
    return kind;
  }

  /** How many numbers the event has at least, in text or in binary. */
  public int numbers() {
    return payload.numbers();
  }

  /** What stands behind the name in text. */
  public FormatString payload() {
    return payload;
  }

  /** The event of that name, null if it is none of the pSeries machine's. */
  public static @Nullable QemuEvent of(String name) {
    for (QemuEvent event : ALL) {
      if (event.recordedName.equals(name)) {
        return event;
      }
    }
    return null;
  }
}
