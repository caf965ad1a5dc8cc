package dev.irsa.kubectl.doctor;

import dev.irsa.core.diagnosis.Evidence;
import dev.irsa.port.AwsDiagnosisReads;
import dev.irsa.port.DiagnosisReads;
import dev.irsa.port.IssuerReads;
import dev.irsa.port.OidcProviderReads;
import dev.irsa.port.WorkloadReads;

/**
 * What the diagnosis reads from.
 *
 * @param aws why AWS cannot be asked, or how
 */
public record DoctorReads(WorkloadReads workloads, DiagnosisReads cluster, IssuerReads issuer, Evidence<AwsReads> aws) {
    /** Reads from AWS. */
    public record AwsReads(AwsDiagnosisReads diagnosis, OidcProviderReads providers) {}
}
