package io.tcescope.traces.qemulog;

import io.tcescope.engine.event.EventKind;
import org.jspecify.annotations.Nullable;

/** The trace events of QEMU's pSeries machine, by name (QEMU {@code hw/ppc/trace-events}). */
public enum QemuEvent {
  PUT("spapr_iommu_put", EventKind.H_PUT_TCE),
  PCI_PUT("spapr_iommu_pci_put", EventKind.H_PUT_TCE),
  GET("spapr_iommu_get", EventKind.H_GET_TCE),
  PCI_GET("spapr_iommu_pci_get", EventKind.H_GET_TCE),
  STUFF("spapr_iommu_stuff", EventKind.H_STUFF_TCE),
  PCI_STUFF("spapr_iommu_pci_stuff", EventKind.H_STUFF_TCE),
  INDIRECT("spapr_iommu_indirect", EventKind.H_PUT_TCE_INDIRECT),
  PCI_INDIRECT("spapr_iommu_pci_indirect", EventKind.H_PUT_TCE_INDIRECT),
  XLATE("spapr_iommu_xlate", EventKind.DMA),
  NEW_TABLE("spapr_iommu_new_table", EventKind.NEW_TABLE),
  PRE_SAVE("spapr_iommu_pre_save", EventKind.PRE_SAVE),
  POST_LOAD("spapr_iommu_post_load", EventKind.POST_LOAD),
  DDW_QUERY("spapr_iommu_ddw_query", EventKind.QUERY_PE_DMA_WINDOW),
  DDW_CREATE("spapr_iommu_ddw_create", EventKind.CREATE_PE_DMA_WINDOW),
  DDW_REMOVE("spapr_iommu_ddw_remove", EventKind.REMOVE_PE_DMA_WINDOW),
  DDW_RESET("spapr_iommu_ddw_reset", EventKind.RESET_PE_DMA_WINDOW),
  MSI("spapr_pci_msi", EventKind.INTERRUPT),
  MSI_SETUP("spapr_pci_msi_setup", EventKind.INTERRUPT),
  MSI_WRITE("spapr_pci_msi_write", EventKind.INTERRUPT),
  MSI_RETRY("spapr_pci_msi_retry", EventKind.INTERRUPT),
  CHANGE_MSI("spapr_pci_rtas_ibm_change_msi", EventKind.INTERRUPT),
  QUERY_INTERRUPT("spapr_pci_rtas_ibm_query_interrupt_source_number", EventKind.INTERRUPT),
  LSI_SET("spapr_pci_lsi_set", EventKind.INTERRUPT),
  DRC_ATTACH("spapr_drc_attach", EventKind.DRC_ATTACH),
  DRC_UNPLUG_REQUEST("spapr_drc_unplug_request", EventKind.DRC_UNPLUG_REQUEST),
  DRC_UNREALIZE("spapr_drc_unrealize", EventKind.DRC_UNREALIZE),
  DRC_RESET("spapr_drc_reset", EventKind.DRC_RESET),
  DRC_DETACH("spapr_drc_detach", EventKind.DRC),
  DRC_REALIZE("spapr_drc_realize", EventKind.DRC),
  DRC_REALIZE_CHILD("spapr_drc_realize_child", EventKind.DRC),
  DRC_REALIZE_COMPLETE("spapr_drc_realize_complete", EventKind.DRC),
  DRC_ISOLATION("spapr_drc_set_isolation_state", EventKind.DRC),
  DRC_ISOLATING("spapr_drc_set_isolation_state_finalizing", EventKind.DRC),
  DRC_ISOLATION_DEFERRED("spapr_drc_set_isolation_state_deferring", EventKind.DRC),
  DRC_ALLOCATION("spapr_drc_set_allocation_state", EventKind.DRC),
  DRC_ALLOCATING("spapr_drc_set_allocation_state_finalizing", EventKind.DRC),
  DRC_INDICATOR("spapr_drc_set_dr_indicator", EventKind.DRC),
  DRC_INDICATOR_OLD("spapr_drc_set_indicator_state", EventKind.DRC),
  DRC_AWAITING("spapr_drc_awaiting_quiesce", EventKind.DRC),
  VIO_REG_CRQ("spapr_vio_h_reg_crq", EventKind.VIO_REGISTER_CRQ),
  VIO_FREE_CRQ("spapr_vio_free_crq", EventKind.VIO_FREE_CRQ),
  VFIO_CREATE("vfio_spapr_create_window", EventKind.PROBE),
  VFIO_REMOVE("vfio_spapr_remove_window", EventKind.PROBE),
  VFIO_ATTACH("vfio_spapr_group_attach", EventKind.PROBE),
  VFIO_REGISTER("vfio_prereg_register", EventKind.PROBE),
  VFIO_UNREGISTER("vfio_prereg_unregister", EventKind.PROBE),
  VFIO_NOTIFY("vfio_iommu_map_notify", EventKind.PROBE);

  private static final QemuEvent[] ALL = values();

  private final String recordedName;
  private final EventKind kind;

  QemuEvent(String recordedName, EventKind kind) {
    this.recordedName = recordedName;
    this.kind = kind;
  }

  /** The name in QEMU's sources and recordings. */
  public String recordedName() {
    return recordedName;
  }

  public EventKind kind() {
    return kind;
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
