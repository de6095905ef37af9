import Portal
import Testing
