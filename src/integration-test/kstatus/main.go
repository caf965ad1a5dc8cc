// kstatus reads objects as JSON, one after the other, and prints a line for each: what Flux's and Helm's way of
// waiting makes of it, a tab, and the message.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

func main() {
	if err := tell(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "kstatus:", err)
		os.Exit(1)
	}
}

func tell(objects io.Reader, lines io.Writer) error {
	input := json.NewDecoder(objects)
	for {
		var raw json.RawMessage
		if err := input.Decode(&raw); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		var object unstructured.Unstructured
		// Not json.Unmarshal into a map: generations would be floats, and kstatus reads integers.
		if err := object.UnmarshalJSON(raw); err != nil {
			return err
		}
		result, err := status.Compute(&object)
		if err != nil {
			return err
		}
		fmt.Fprintf(lines, "%s\t%s\n", result.Status, result.Message)
	}
}
