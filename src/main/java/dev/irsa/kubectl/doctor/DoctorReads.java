package dev.irsa.kubectl.doctor;

import dev.irsa.kubectl.diagnosis.Evidence;
import dev.irsa.kubectl.port.AwsDiagnosisReads;
import dev.irsa.kubectl.port.DiagnosisReads;
import dev.irsa.kubectl.port.IssuerReads;
import dev.irsa.kubectl.port.WorkloadReads;
import dev.irsa.port.OidcProviderReads;

/**
 * What the diagnosis reads from.
 *
 * @param aws why AWS cannot be asked, or how
 */
public record DoctorReads(WorkloadReads workloads, DiagnosisReads cluster, IssuerReads issuer, Evidence<AwsReads> aws) {
    /** Reads from AWS. */
    public record AwsReads(AwsDiagnosisReads diagnosis, OidcProviderReads providers) {}
}
