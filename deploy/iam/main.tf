# Permissions of irsa-operator for cluster production
resource "aws_iam_policy" "irsa_operator" {
  name        = "irsa-operator"
  path        = "/"
  description = "Permissions of irsa-operator for cluster production"
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Sid" : "SeeEveryRole",
        "Effect" : "Allow",
        "Action" : [
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:ListAttachedRolePolicies",
          "iam:ListInstanceProfilesForRole",
          "iam:ListRolePolicies"
        ],
        "Resource" : "arn:aws:iam::111122223333:role/*"
      },
      {
        "Sid" : "ListAllRolesAndProviders",
        "Effect" : "Allow",
        "Action" : [
          "iam:GetAccountAuthorizationDetails",
          "iam:ListOpenIDConnectProviders",
          "iam:ListRoles"
        ],
        "Resource" : "*"
      },
      {
        "Sid" : "ReadTheListedBoundaries",
        "Effect" : "Allow",
        "Action" : [
          "iam:GetPolicy",
          "iam:GetPolicyVersion"
        ],
        "Resource" : "arn:aws:iam::111122223333:policy/workloads"
      },
      {
        "Sid" : "CreateRolesThatCarryItsTags",
        "Effect" : "Allow",
        "Action" : "iam:CreateRole",
        "Resource" : "arn:aws:iam::111122223333:role/irsa/production/*",
        "Condition" : {
          "StringEquals" : {
            "aws:RequestTag/irsa.dev/cluster" : "production",
            "iam:PermissionsBoundary" : "arn:aws:iam::111122223333:policy/workloads"
          },
          "Null" : {
            "aws:RequestTag/irsa.dev/cluster-id" : "false",
            "aws:RequestTag/irsa.dev/issuer" : "false",
            "aws:RequestTag/irsa.dev/resource" : "false",
            "aws:RequestTag/irsa.dev/adoptable-by" : "true"
          }
        }
      },
      {
        "Sid" : "TagRolesThatItCreates",
        "Effect" : "Allow",
        "Action" : "iam:TagRole",
        "Resource" : "arn:aws:iam::111122223333:role/irsa/production/*",
        "Condition" : {
          "StringEquals" : {
            "aws:RequestTag/irsa.dev/cluster" : "production"
          },
          "Null" : {
            "aws:RequestTag/irsa.dev/cluster-id" : "false",
            "aws:RequestTag/irsa.dev/issuer" : "false",
            "aws:RequestTag/irsa.dev/resource" : "false",
            "aws:RequestTag/irsa.dev/adoptable-by" : "true",
            "aws:ResourceTag/irsa.dev/cluster" : "true"
          }
        }
      },
      {
        "Sid" : "TagItsOwnRoles",
        "Effect" : "Allow",
        "Action" : "iam:TagRole",
        "Resource" : "arn:aws:iam::111122223333:role/irsa/production/*",
        "Condition" : {
          "StringEquals" : {
            "aws:ResourceTag/irsa.dev/cluster" : "production"
          },
          "StringEqualsIfExists" : {
            "aws:RequestTag/irsa.dev/cluster" : "production"
          },
          "StringLikeIfExists" : {
            "aws:RequestTag/irsa.dev/adoptable-by" : "production/*"
          }
        }
      },
      {
        "Sid" : "AdoptRolesWhoseTagConsents",
        "Effect" : "Allow",
        "Action" : "iam:TagRole",
        "Resource" : "arn:aws:iam::111122223333:role/irsa/production/*",
        "Condition" : {
          "StringEquals" : {
            "aws:RequestTag/irsa.dev/cluster" : "production"
          },
          "Null" : {
            "aws:RequestTag/irsa.dev/cluster-id" : "false",
            "aws:RequestTag/irsa.dev/issuer" : "false",
            "aws:RequestTag/irsa.dev/resource" : "false",
            "aws:RequestTag/irsa.dev/adoptable-by" : "true",
            "aws:ResourceTag/irsa.dev/cluster" : "true"
          },
          "StringLike" : {
            "aws:ResourceTag/irsa.dev/adoptable-by" : "production/*"
          }
        }
      },
      {
        "Sid" : "ChangeItsOwnRoles",
        "Effect" : "Allow",
        "Action" : [
          "iam:DeleteRole",
          "iam:DeleteRolePolicy",
          "iam:DetachRolePolicy",
          "iam:UntagRole",
          "iam:UpdateRole"
        ],
        "Resource" : "arn:aws:iam::111122223333:role/irsa/production/*",
        "Condition" : {
          "StringEquals" : {
            "aws:ResourceTag/irsa.dev/cluster" : "production"
          }
        }
      },
      {
        "Sid" : "AttachPoliciesToItsOwnRoles",
        "Effect" : "Allow",
        "Action" : "iam:AttachRolePolicy",
        "Resource" : "arn:aws:iam::111122223333:role/irsa/production/*",
        "Condition" : {
          "StringEquals" : {
            "aws:ResourceTag/irsa.dev/cluster" : "production",
            "iam:PermissionsBoundary" : "arn:aws:iam::111122223333:policy/workloads"
          }
        }
      },
      {
        "Sid" : "GrantWithinBoundaries",
        "Effect" : "Allow",
        "Action" : [
          "iam:PutRolePermissionsBoundary",
          "iam:PutRolePolicy",
          "iam:UpdateAssumeRolePolicy"
        ],
        "Resource" : "arn:aws:iam::111122223333:role/irsa/production/*",
        "Condition" : {
          "StringEquals" : {
            "aws:ResourceTag/irsa.dev/cluster" : "production",
            "iam:PermissionsBoundary" : "arn:aws:iam::111122223333:policy/workloads"
          }
        }
      },
      {
        "Sid" : "LiftNoQuarantine",
        "Effect" : "Deny",
        "Action" : "iam:DetachRolePolicy",
        "Resource" : "*",
        "Condition" : {
          "ArnLike" : {
            "iam:PolicyARN" : [
              "arn:aws:iam::aws:policy/AWSDenyAll",
              "arn:aws:iam::aws:policy/AWSCompromised*"
            ]
          }
        }
      },
      {
        "Sid" : "SeeTheProviderOfItsIssuer",
        "Effect" : "Allow",
        "Action" : "iam:GetOpenIDConnectProvider",
        "Resource" : "arn:aws:iam::111122223333:oidc-provider/*"
      }
    ]
  })
}

resource "aws_iam_role" "irsa_operator" {
  name = "irsa-operator"
  path = "/"
  assume_role_policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      {
        "Effect" : "Allow",
        "Principal" : {
          "Federated" : "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
        },
        "Action" : "sts:AssumeRoleWithWebIdentity",
        "Condition" : {
          "StringEquals" : {
            "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:sub" : "system:serviceaccount:irsa-operator:irsa-operator",
            "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:aud" : "sts.amazonaws.com"
          }
        }
      }
    ]
  })
}

resource "aws_iam_role_policy_attachment" "irsa_operator" {
  role       = aws_iam_role.irsa_operator.name
  policy_arn = aws_iam_policy.irsa_operator.arn
}

output "irsa_operator_role_arn" {
  value = aws_iam_role.irsa_operator.arn
}
