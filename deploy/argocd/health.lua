-- Health of the resources of irsa.dev for Argo CD.
local health = {}

if obj.status == nil or obj.status.observedGeneration == nil then
  -- An operator that is limited to namespaces reports on no entitlements, templates and accounts. They are healthy.
  if obj.kind ~= "IamServiceAccount" then
    health.status = "Healthy"
    health.message = "no operator reports on it"
  else
    health.status = "Progressing"
    health.message = "the operator has not processed it yet"
  end
  return health
end

if obj.status.observedGeneration ~= obj.metadata.generation then
  health.status = "Progressing"
  health.message = "the operator has not processed this generation yet"
  return health
end

-- A workload may keep its access although its resource is not ready.
local access = ""
for _, condition in ipairs(obj.status.conditions or {}) do
  if condition.type == "Available" and condition.status == "True" then
    access = "; the workload keeps its access"
  end
end

health.status = "Progressing"
for _, condition in ipairs(obj.status.conditions or {}) do
  if condition.type == "Stalled" and condition.status == "True" then
    health.status = "Degraded"
    health.message = condition.message .. access
    return health
  end
  if condition.type == "Ready" then
    health.message = condition.message
    if condition.status == "True" then
      health.status = "Healthy"
    else
      health.message = condition.message .. access
      if condition.reason == "Suspended" then
        health.status = "Suspended"
      end
    end
  end
end
return health
