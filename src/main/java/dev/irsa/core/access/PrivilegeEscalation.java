package dev.irsa.core.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Combinations of actions by which the holder of a role may gain more than the role allows. These are most of the published ones, and
 * those that remove the policies and the boundary that limit the role.
 *
 * <p>Sources: "AWS IAM Privilege Escalation – Methods and Mitigation" by Rhino Security Labs, parts 1 and 2, and the edges of Principal
 * Mapper (pmapper) by NCC Group. Combinations that only move to another machine, such as ssm:SendCommand, are not in the list.
 */
public final class PrivilegeEscalation {
    private static final String PASS_ROLE = "iam:PassRole";

    private static final List<List<String>> PATHS = List.of(
            List.of("iam:CreatePolicyVersion"),
            List.of("iam:SetDefaultPolicyVersion"),
            List.of("iam:AttachRolePolicy"),
            List.of("iam:AttachUserPolicy"),
            List.of("iam:AttachGroupPolicy"),
            List.of("iam:PutRolePolicy"),
            List.of("iam:PutUserPolicy"),
            List.of("iam:PutGroupPolicy"),
            List.of("iam:AddUserToGroup"),
            List.of("iam:UpdateAssumeRolePolicy"),
            List.of("iam:PutRolePermissionsBoundary"),
            List.of("iam:DeleteRolePermissionsBoundary"),
            List.of("iam:DeleteRolePolicy"),
            List.of("iam:DetachRolePolicy"),
            List.of("iam:CreateAccessKey"),
            List.of("iam:CreateLoginProfile"),
            List.of("iam:UpdateLoginProfile"),
            List.of("lambda:UpdateFunctionCode"),
            List.of("lambda:UpdateFunctionConfiguration"),
            List.of("glue:UpdateDevEndpoint"),
            List.of("cloudformation:UpdateStack"),
            List.of("codebuild:StartBuild"),
            List.of("codebuild:StartBuildBatch"),
            List.of("sagemaker:CreatePresignedNotebookInstanceUrl"),
            List.of(PASS_ROLE, "lambda:CreateFunction", "lambda:InvokeFunction"),
            List.of(PASS_ROLE, "lambda:CreateFunction", "lambda:CreateEventSourceMapping"),
            List.of(PASS_ROLE, "lambda:CreateFunction", "lambda:AddPermission"),
            List.of(PASS_ROLE, "ec2:RunInstances"),
            List.of(PASS_ROLE, "autoscaling:CreateLaunchConfiguration", "autoscaling:CreateAutoScalingGroup"),
            List.of(PASS_ROLE, "ecs:RegisterTaskDefinition", "ecs:RunTask"),
            List.of(PASS_ROLE, "glue:CreateDevEndpoint"),
            List.of(PASS_ROLE, "glue:CreateJob", "glue:StartJobRun"),
            List.of(PASS_ROLE, "cloudformation:CreateStack"),
            List.of(PASS_ROLE, "cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"),
            List.of(PASS_ROLE, "codestar:CreateProject"),
            List.of(PASS_ROLE, "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"),
            List.of(PASS_ROLE, "sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"),
            List.of(PASS_ROLE, "sagemaker:CreateTrainingJob"),
            List.of(PASS_ROLE, "sagemaker:CreateProcessingJob"));

    private PrivilegeEscalation() {}

    /** Returns the combinations that the role has, each in words. Boundary and explicit denies count. */
    public static List<String> of(RoleAccess role) {
        Map<String, AccessDecision> decided = new HashMap<>();
        List<String> found = new ArrayList<>();
        for (List<String> path : PATHS) {
            List<AccessDecision> decisions = path.stream()
                    .map(action -> decided.computeIfAbsent(action, asked -> role.decide(AccessQuery.of(asked))))
                    .toList();
            // A policy that could not be read is no reason for suspicion.
            if (decisions.stream().noneMatch(decision -> decision.through().isEmpty())) {
                boolean certain = decisions.stream().allMatch(decision -> decision.answer() == Answer.YES);
                found.add(words(path) + (certain ? "" : ", limited by conditions, denies, or the boundary"));
            }
        }
        return found;
    }

    private static String words(List<String> path) {
        return path.size() == 1
                ? path.getFirst()
                : path.getFirst() + " with " + String.join(" and ", path.subList(1, path.size()));
    }
}
