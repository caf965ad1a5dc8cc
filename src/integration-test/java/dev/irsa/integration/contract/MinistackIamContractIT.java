package dev.irsa.integration.contract;

import dev.irsa.fixtures.iam.IamImplementation;
import dev.irsa.integration.machine.Ministack;

class MinistackIamContractIT extends EmulatorContract {
    MinistackIamContractIT() {
        super(IamImplementation.MINISTACK, Ministack.start());
    }
}
