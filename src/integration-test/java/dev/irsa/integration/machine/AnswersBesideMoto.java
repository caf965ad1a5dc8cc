package dev.irsa.integration.machine;

/** Answers to the calls of the plugin that moto does not have. They are the same for each role. */
public final class AnswersBesideMoto {
    private AnswersBesideMoto() {}

    /** Adds the answers. Faults that were set before, such as a delay, apply to these calls too. */
    public static void add(Faults faults) {
        faults.on("eks:ListPodIdentityAssociations").answer("application/json", "{\"associations\": []}");
        faults.on("iam:GenerateServiceLastAccessedDetails").answer("text/xml", """
                <GenerateServiceLastAccessedDetailsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
                <GenerateServiceLastAccessedDetailsResult><JobId>job</JobId></GenerateServiceLastAccessedDetailsResult>
                </GenerateServiceLastAccessedDetailsResponse>""");
        faults.on("iam:GetServiceLastAccessedDetails").answer("text/xml", """
                <GetServiceLastAccessedDetailsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
                <GetServiceLastAccessedDetailsResult><JobStatus>COMPLETED</JobStatus><IsTruncated>false</IsTruncated>
                <ServicesLastAccessed><member><ServiceName>Amazon SQS</ServiceName><ServiceNamespace>sqs</ServiceNamespace>
                </member></ServicesLastAccessed></GetServiceLastAccessedDetailsResult>
                </GetServiceLastAccessedDetailsResponse>""");
        faults.on("iam:SimulatePrincipalPolicy").answer("text/xml", """
                <SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
                <SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults><member>
                <EvalActionName>s3:GetObject</EvalActionName><EvalResourceName>*</EvalResourceName>
                <EvalDecision>allowed</EvalDecision></member></EvaluationResults></SimulatePrincipalPolicyResult>
                </SimulatePrincipalPolicyResponse>""");
    }
}
