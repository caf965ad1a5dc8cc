package dev.irsa.integration.contract;

import dev.irsa.fixtures.iam.IamImplementation;
import dev.irsa.integration.machine.Ministack;

class MinistackIamContractIT extends EmulatorContract {
    MinistackIamContractIT() {
        this(Ministack.start());
    }

    private MinistackIamContractIT(Ministack ministack) {
        super(IamImplementation.MINISTACK, ministack, ministack.endpoint());
    }
}
