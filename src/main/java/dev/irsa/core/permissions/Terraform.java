package dev.irsa.core.permissions;

import com.fasterxml.jackson.core.util.Separators;
import dev.irsa.core.policy.PolicyDocument;

/**
 * A Terraform file. JSON is a valid Terraform expression, except that template sequences in strings must be escaped.
 *
 * <p>Source: "Strings and Templates" of the Terraform language.
 */
public final class Terraform {
    private Terraform() {}

    /** Returns the file, with a line end after the last line. */
    public static String of(Installation installation) {
        return """
            # %1$s
            resource "aws_iam_policy" "irsa_operator" {
              name        = "%2$s"
              path        = "%3$s"
              description = "%1$s"
              policy = jsonencode(%4$s)
            }

            resource "aws_iam_role" "irsa_operator" {
              name = "%2$s"
              path = "%3$s"%6$s
              assume_role_policy = jsonencode(%5$s)
            }

            resource "aws_iam_role_policy_attachment" "irsa_operator" {
              role       = aws_iam_role.irsa_operator.name
              policy_arn = aws_iam_policy.irsa_operator.arn
            }

            output "irsa_operator_role_arn" {
              value = aws_iam_role.irsa_operator.arn
            }
            """.formatted(
                        installation.description(),
                        installation.role().name(),
                        installation.role().path(),
                        expression(installation.permissions()),
                        expression(installation.trust()),
                        installation
                                .boundary()
                                .map(arn -> "\n  permissions_boundary = \"" + arn + "\"")
                                .orElse(""));
    }

    private static String expression(PolicyDocument document) {
        return PrettyJson.of(document, Separators.Spacing.BOTH)
                .replace("${", "$${")
                .replace("%{", "%%{")
                .replace("\n", "\n  ");
    }
}
